/** The vendor refuses everything: no other item fares better. */
export const PULL_REFUSED = 'INGEST_PULL_REFUSED'

/** The stable code of an error; `UNEXPECTED` for one that has none. */
export function errorCodeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && code !== '' ? code : 'UNEXPECTED'
}
