import { TransientError } from '@leadlog/contracts'
import { OutcomeUnknownError } from '../errors.ts'
import type { Answer } from './send.ts'
import { effectOf, type VendorCall, type VendorResponse } from './vendor-call.ts'

export function vendorResponse(vendor: string, call: VendorCall, answer: Answer): VendorResponse {
  const text = (): string => answer.body.toString('utf8')
  return {
    status: answer.status,
    headers: answer.headers,
    body: answer.body,
    text,
    json() {
      if (answer.body.length === 0) return null
      try {
        return JSON.parse(text()) as unknown
      } catch (cause) {
        throw unreadable(vendor, call, cause)
      }
    }
  }
}

function unreadable(vendor: string, call: VendorCall, cause: unknown): TransientError {
  const message = `${vendor} ${call.operation}: the answer is not JSON.`
  // The parser's message quotes the body, which must not reach a log.
  const bare = new SyntaxError(cause instanceof SyntaxError ? 'not JSON' : 'unreadable')
  if (effectOf(call) === 'write') return new OutcomeUnknownError(message, { reason: 'unreadable-answer', cause: bare })
  return new TransientError('OUTBOUND_ANSWER_UNREADABLE', message, { cause: bare })
}

/** Kept beside the errors instead of on them, so that no logger prints a body. */
const responses = new WeakMap<object, VendorResponse>()

export function withResponse<E extends Error>(error: E, response: VendorResponse): E {
  responses.set(error, response)
  return error
}

/** What the vendor had answered when the error was raised; undefined when it had not, or for another error. */
export function responseOf(error: unknown): VendorResponse | undefined {
  return typeof error === 'object' && error !== null ? responses.get(error) : undefined
}
