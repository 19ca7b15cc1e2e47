import { PermanentError, TransientError } from '@leadlog/contracts'
import { AddressRefusedError } from '../guard/guarded-connect.ts'
import { OutcomeUnknownError, type UnknownReason } from '../errors.ts'
import type { NoAnswer, NoAnswerReason } from './send.ts'
import { effectOf, type VendorCall, type VendorResponse } from './vendor-call.ts'

/** Codes of refusals that callers tell apart; every other 4xx is `OUTBOUND_REJECTED`. */
const REJECTION_CODES: Readonly<Record<number, string>> = {
  400: 'OUTBOUND_BAD_REQUEST',
  401: 'OUTBOUND_UNAUTHORIZED',
  403: 'OUTBOUND_FORBIDDEN',
  404: 'OUTBOUND_NOT_FOUND',
  409: 'OUTBOUND_CONFLICT',
  410: 'OUTBOUND_GONE',
  412: 'OUTBOUND_PRECONDITION_FAILED',
  413: 'OUTBOUND_TOO_LARGE',
  422: 'OUTBOUND_UNPROCESSABLE'
}

/** Request time-out and too early: the vendor asks for the same request again. */
const REPEATABLE = new Set([408, 425])

const UNKNOWN_REASONS: Readonly<Record<NoAnswerReason, UnknownReason>> = {
  unreachable: 'connection-lost',
  'connection-lost': 'connection-lost',
  'timed-out': 'timed-out',
  'too-large': 'unreadable-answer',
  'given-up': 'given-up',
  invalid: 'connection-lost'
}

const READ_FAILURES: Readonly<Record<NoAnswerReason, readonly [code: string, what: string]>> = {
  unreachable: ['OUTBOUND_UNREACHABLE', 'could not be reached'],
  'connection-lost': ['OUTBOUND_CONNECTION_LOST', 'closed the connection without an answer'],
  'timed-out': ['OUTBOUND_TIMED_OUT', 'did not answer in time'],
  'too-large': ['OUTBOUND_ANSWER_TOO_LARGE', 'answered with more than is accepted; ask for less'],
  'given-up': ['OUTBOUND_GIVEN_UP', 'was given up'],
  invalid: ['OUTBOUND_REQUEST_INVALID', 'cannot be sent: its path or a header has a character that HTTP forbids']
}

/** No repetition mends these. */
const PERMANENT: ReadonlySet<NoAnswerReason> = new Set(['too-large', 'invalid'])

/** Nothing arrived: that says nothing about what was to be sent. */
const UNTRIED: ReadonlySet<NoAnswerReason> = new Set(['unreachable', 'given-up'])

/** The vendor's own word that it is out of order. */
const SERVICE_UNAVAILABLE = 503

/** The error for a request that got no answer. */
export function noAnswerError(vendor: string, call: VendorCall, outcome: NoAnswer): TransientError | PermanentError {
  const { why, cause } = outcome
  if (cause instanceof AddressRefusedError) {
    const { host, address, why: kind } = cause
    const refused = `${vendor} ${call.operation} is not called: ${host} leads to ${address}, ${kind}. Where that is meant, name ${host} in OUTBOUND_PRIVATE_HOSTS.`
    return new PermanentError('OUTBOUND_ADDRESS_REFUSED', refused, { cause })
  }
  const [code, what] = READ_FAILURES[why]
  const message = `${vendor} ${call.operation} ${what}.`
  if (outcome.sent && effectOf(call) === 'write') {
    const unknown = `${message} It may have been carried out; look before it is repeated.`
    return new OutcomeUnknownError(unknown, { reason: UNKNOWN_REASONS[why], cause })
  }
  return PERMANENT.has(why)
    ? new PermanentError(code, message, { cause })
    : new TransientError(code, message, { cause, countsAsAttempt: !UNTRIED.has(why) })
}

/** The error for an answer whose status says that it failed; null when it did not. 429 is dealt with before. */
export function statusError(
  vendor: string,
  call: VendorCall,
  response: VendorResponse,
  serverErrorMeans: 'not-done' | 'unknown',
  retryAfterMs: number | undefined
): TransientError | PermanentError | null {
  const { status } = response
  const message = `${vendor} ${call.operation} answered ${String(status)}.`
  if (status >= 200 && status < 300) return null
  if (status >= 500) {
    const countsAsAttempt = status !== SERVICE_UNAVAILABLE
    if (effectOf(call) === 'write' && serverErrorMeans === 'unknown') {
      return new OutcomeUnknownError(`${message} It may have been carried out; look before it is repeated.`, {
        reason: 'server-error',
        retryAfterMs,
        countsAsAttempt
      })
    }
    return new TransientError('OUTBOUND_SERVER_ERROR', message, { retryAfterMs, countsAsAttempt })
  }
  if (REPEATABLE.has(status)) return new TransientError('OUTBOUND_SERVER_ERROR', message, { retryAfterMs })
  if (status >= 300 && status < 400) {
    return new PermanentError('OUTBOUND_REDIRECTED', `${message} Redirects are not followed; check the base URL.`)
  }
  return new PermanentError(REJECTION_CODES[status] ?? 'OUTBOUND_REJECTED', message)
}
