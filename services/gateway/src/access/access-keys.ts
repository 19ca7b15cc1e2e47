/** Before sessions, links and whatever else of access lives in Redis. */
export const ACCESS_KEY_PREFIX = 'leadlog:gateway:access:'
