import { PermanentError, TransientError } from '@leadlog/contracts'
import { OutcomeUnknownError } from '@leadlog/outbound'
import { withFigures } from './call-figures.ts'
import type { CallFailure, CallFigures } from './crm-provider.ts'
import { parseVendorJson } from './vendor-json.ts'

type Outcome =
  | { readonly kind: 'answer'; readonly body: unknown }
  | { readonly kind: 'failed'; readonly error: TransientError | PermanentError }
  | { readonly kind: 'unknown'; readonly reason: string; readonly vendorAway?: true }

/** What came of a call as a whole; what came of each record is in the body. */
export type CallResult = CallFigures & Outcome

/** What a call whose outcome is unknown means for each of its records. */
export function unknownOf({ reason, vendorAway }: CallResult & { kind: 'unknown' }): CallFailure & { kind: 'unknown' } {
  return { kind: 'unknown', reason, ...(vendorAway ? { vendorAway } : {}) }
}

/**
 * The body that a call which only reads was answered with. Without an answer it may simply be asked again.
 *
 * @param unavailable the code of the vendor's being away
 * @throws TransientError, PermanentError
 */
export function bodyRead(result: CallResult, unavailable: string): unknown {
  if (result.kind === 'failed') throw result.error
  if (result.kind === 'unknown') {
    throw new TransientError(unavailable, result.reason, { countsAsAttempt: result.vendorAway !== true })
  }
  return result.body
}

/** The vendor for people, and the code of its being away. */
export interface CallNames {
  readonly vendor: string
  readonly unavailable: string
}

/** The access token is not good any more; another one may be. Permanent, for it says nothing of the vendor's health. */
export class StaleTokenError extends PermanentError {
  constructor(code: string, message: string) {
    super(code, message)
    this.name = 'StaleTokenError'
  }
}

/** A refused call waits out the pause in its lane and goes again; a vendor that refuses it thrice needs more time. */
const MOST_LIMITED_TRIES = 3
/** A message may wait this long in its lane; what takes longer is better delivered again. */
const LONGEST_PAUSE_MS = 30_000

/**
 * Makes a call of a CRM and tells how it went; does not throw for what happens outside. After a 429 the lane is paused
 * for all processes, and the call goes again when a short pause is over.
 */
export async function crmCall(names: CallNames, send: () => Promise<{ text(): string }>): Promise<CallResult> {
  const { value, figures } = await withFigures(() =>
    sendPastLimits(send).then(
      (response) => answered(names, response),
      (error: unknown) => failed(names, error)
    )
  )
  return { ...value, ...figures }
}

async function sendPastLimits<Response>(send: () => Promise<Response>): Promise<Response> {
  for (let limited = 1; ; limited++) {
    try {
      return await send()
    } catch (error) {
      if (limited >= MOST_LIMITED_TRIES || !isShortPause(error)) throw error
    }
  }
}

function isShortPause(error: unknown): boolean {
  return (
    error instanceof TransientError &&
    error.code === 'OUTBOUND_RATE_LIMITED' &&
    (error.retryAfterMs ?? 0) <= LONGEST_PAUSE_MS
  )
}

function answered({ vendor }: CallNames, response: { text(): string }): Outcome {
  const text = response.text()
  const body = parseVendorJson(text)
  if (body === null && text !== '')
    return { kind: 'unknown', reason: `${vendor} answered with something that is not JSON` }
  return { kind: 'answer', body }
}

function failed(names: CallNames, error: unknown): Outcome {
  if (error instanceof OutcomeUnknownError) {
    return { kind: 'unknown', reason: error.reason, ...(error.countsAsAttempt ? {} : ({ vendorAway: true } as const)) }
  }
  // A fresh token that is refused too is no fault of the message's.
  if (error instanceof StaleTokenError) return { kind: 'failed', error: away(names, error) }
  if (error instanceof TransientError || error instanceof PermanentError) return { kind: 'failed', error }
  return { kind: 'failed', error: away(names, error) }
}

function away({ vendor, unavailable }: CallNames, error: unknown): TransientError {
  const message = error instanceof Error ? error.message : String(error)
  return new TransientError(unavailable, `${vendor} could not be called: ${message}`, { cause: error })
}
