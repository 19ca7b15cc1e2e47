import { isJsonObject, parseJson } from '../json.ts'
import type { Delivery } from './delivery.ts'

export interface SendOptions {
  /** Base URL of ingest. */
  ingest: string
  concurrency?: number
  /** Attempts for a delivery that gets no answer, 429 or 5xx. */
  attempts?: number
  /** Pause before the second attempt; doubled for each further one. */
  firstPauseMs?: number
  now?: () => Date
}

/** What came of one delivery. */
export interface SendResult {
  name: string
  expected: number
  /** Status of the last attempt, or what went wrong with the connection. */
  status: number | string
  duplicate: boolean
  attempts: number
  milliseconds: number
}

/** Calendly's read time-out; a sender does not wait longer. */
const READ_TIMEOUT_MS = 15_000
/** A vendor's back-off on a clock scaled from hours to seconds: long enough for a killed service to come back. */
const FIRST_PAUSE_MS = 200
const LONGEST_PAUSE_MS = 5000
const ATTEMPTS = 14
const CONCURRENCY = 8

interface Attempt {
  status: number | string
  duplicate: boolean
}

const attempt = async (delivery: Delivery, ingest: string, now: Date): Promise<Attempt> => {
  try {
    const answer = await fetch(new URL(delivery.path, ingest), {
      method: 'POST',
      headers: delivery.headers(now),
      body: delivery.body,
      redirect: 'manual',
      signal: AbortSignal.timeout(READ_TIMEOUT_MS)
    })
    const body = parseJson(await answer.text())
    return { status: answer.status, duplicate: isJsonObject(body) && body.duplicate === true }
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
    return { status: cause instanceof Error ? cause.message || cause.name : String(cause), duplicate: false }
  }
}

const isWorthRetrying = ({ status }: Attempt): boolean => typeof status === 'string' || status === 429 || status >= 500

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

const sendOne = async (delivery: Delivery, options: SendOptions): Promise<SendResult> => {
  const now = options.now ?? (() => new Date())
  const limit = options.attempts ?? ATTEMPTS
  const begun = performance.now()
  let attempts = 1
  let last = await attempt(delivery, options.ingest, now())
  while (isWorthRetrying(last) && last.status !== delivery.expect.status && attempts < limit) {
    await pause(Math.min((options.firstPauseMs ?? FIRST_PAUSE_MS) * 2 ** (attempts - 1), LONGEST_PAUSE_MS))
    last = await attempt(delivery, options.ingest, now())
    attempts += 1
  }
  return {
    name: delivery.name,
    expected: delivery.expect.status,
    ...last,
    attempts,
    milliseconds: performance.now() - begun
  }
}

/** Sends deliveries as their vendors would, several at a time in the given order, with the vendors' retries. */
export const sendDeliveries = async (deliveries: Iterable<Delivery>, options: SendOptions): Promise<SendResult[]> => {
  const results: SendResult[] = []
  const queue = deliveries[Symbol.iterator]()
  const work = async (): Promise<void> => {
    for (let next = queue.next(); next.done !== true; next = queue.next()) {
      results.push(await sendOne(next.value, options))
    }
  }
  await Promise.all(Array.from({ length: options.concurrency ?? CONCURRENCY }, work))
  return results
}
