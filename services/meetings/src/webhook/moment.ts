import { payloadInvalid } from '../errors.ts'

/** Times outside these years are mistakes; recorded, they would outrank every later fact for ever. */
const FIRST_YEAR = 1970
const LAST_YEAR = 2200

/**
 * A time of a payload as ISO 8601 in UTC.
 *
 * @param field the path of the field, for the error
 * @throws PermanentError for what is no time, or is not of our age
 */
export function moment(provider: string, field: string, time: string | number): string {
  const parsed = new Date(time)
  const year = Number.isNaN(parsed.getTime()) ? Number.NaN : parsed.getUTCFullYear()
  if (!(year >= FIRST_YEAR && year <= LAST_YEAR)) {
    throw payloadInvalid(provider, [`${field} must be a time between ${FIRST_YEAR} and ${LAST_YEAR}`])
  }
  return parsed.toISOString()
}
