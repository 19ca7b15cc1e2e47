import { randomBytes } from 'node:crypto'

/** A short name that no other test has, of lower-case letters and digits: fit for streams, subjects, keys, databases. */
export function uniqueName(): string {
  return `t${randomBytes(5).toString('hex')}`
}
