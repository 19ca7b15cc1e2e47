import { seededUuid } from '../seeded.ts'

/** A sid decided by the parts alone: two letters and 32 hexadecimal digits. */
export const sidOf = (prefix: string, ...parts: (string | number)[]): string =>
  `${prefix}${seededUuid(...parts).replaceAll('-', '')}`
