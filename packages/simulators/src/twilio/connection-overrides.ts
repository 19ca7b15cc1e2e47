/** What the `#…` of a configured address changes of how Twilio asks it. */
export interface ConnectionOverrides {
  /** How often it is asked again. */
  retries: number
  /** After what: no connection (`ct`), no answer in time (`rt`), 4xx, 5xx. */
  retryOn: readonly string[]
  readTimeoutMs: number
  totalTimeoutMs: number
}

const LIMIT_MS = 15_000

const between = (text: string | null, least: number, most: number, usual: number): number => {
  const value = Number(text ?? Number.NaN)
  return Number.isInteger(value) && value >= least && value <= most ? value : usual
}

/** Reads `#rt=3000&tt=15000&rc=2&rp=4xx,5xx,ct,rt`. Without it: one repetition, after a connection that failed. */
export const connectionOverrides = (url: string): ConnectionOverrides => {
  const given = new URLSearchParams(url.split('#')[1] ?? '')
  const retryOn = given.get('rp')?.split(',') ?? ['ct']
  return {
    retries: between(given.get('rc'), 0, 5, 1),
    retryOn: retryOn.includes('all') ? ['4xx', '5xx', 'ct', 'rt'] : retryOn,
    readTimeoutMs: between(given.get('rt'), 100, LIMIT_MS, LIMIT_MS),
    totalTimeoutMs: between(given.get('tt'), 100, LIMIT_MS, LIMIT_MS)
  }
}
