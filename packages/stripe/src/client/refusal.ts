import { PermanentError, TransientError } from '@leadlog/contracts'
import type { Classification, VendorCall, VendorResponse } from '@leadlog/outbound'

/**
 * Stripe repeated its answer to an earlier call with the same idempotency key, and that was an error: under this key it will
 * never say anything else.
 */
class ReplayedFailure extends TransientError {
  constructor(status: number, operation: string) {
    super('STRIPE_FAILURE_REPLAYED', `Stripe repeats its ${status} to ${operation}: the idempotency key is used up.`)
  }
}

/** Whether a key is used up: its answer is an error for good, or it stands for another request. */
export function isReplay(error: unknown): boolean {
  return (
    error instanceof ReplayedFailure || (error instanceof PermanentError && error.code === 'STRIPE_IDEMPOTENCY_ERROR')
  )
}

/** Whether Stripe refused the key, and not what was asked for. */
export function isKeyRefused(error: unknown): boolean {
  return error instanceof PermanentError && error.code === KEY_REFUSED
}

const KEY_REFUSED = 'STRIPE_KEY_REFUSED'

/** Reads Stripe's error bodies; the rest is judged by its status. Their texts may quote what was sent, so they are not kept. */
export function classifyStripe(response: VendorResponse, { operation }: VendorCall): Classification | undefined {
  const { status, headers } = response
  if (status < 400) return undefined
  if (headers['idempotent-replayed'] === 'true' && status >= 500) {
    return { kind: 'failed', error: new ReplayedFailure(status, operation) }
  }
  if (status >= 500) return undefined
  const { code, type } = errorIn(response)
  if (status === 429) return { kind: 'rate-limited', retryAfterMs: undefined }
  if (status === 409) {
    const message = `A call with the same idempotency key as this ${operation} is at work at Stripe.`
    return { kind: 'failed', error: new TransientError('STRIPE_KEY_IN_USE', message, { retryAfterMs: 1_000 }) }
  }
  const isAboutTheKey = status === 401 || status === 403
  const name = isAboutTheKey ? KEY_REFUSED : `STRIPE_${(code ?? type)?.toUpperCase()}`
  if (!isAboutTheKey && code === undefined && type === undefined) return undefined
  const advice = isAboutTheKey
    ? 'check STRIPE_SECRET_KEY and, of a restricted key, what it may do'
    : 'see https://docs.stripe.com/error-codes'
  const request = headers['request-id'] === undefined ? '' : `, request ${headers['request-id']}`
  return {
    kind: 'failed',
    error: new PermanentError(name, `Stripe refused ${operation} (${status}${request}): ${advice}.`)
  }
}

function errorIn(response: VendorResponse): { code?: string | undefined; type?: string | undefined } {
  try {
    const { error } = JSON.parse(response.text()) as { error?: { code?: unknown; type?: unknown } }
    return { code: wordOf(error?.code), type: wordOf(error?.type) }
  } catch {
    return {}
  }
}

function wordOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^[a-z_]{1,64}$/.test(value) ? value : undefined
}
