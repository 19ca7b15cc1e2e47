import path from 'node:path'

/** The repository's root folder. */
export const ROOT = path.resolve(import.meta.dirname, '../../..')

/** Downloaded once and kept; safe to delete. */
export const CACHE = path.join(ROOT, '.cache')

/** The local system's state: databases, streams, keys, logs. `--fresh` deletes it. */
export const STATE = path.join(ROOT, '.leadlog')
