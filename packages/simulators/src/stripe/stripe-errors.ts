import { jsonAnswer } from '../vendors.ts'
import type { VendorAnswer } from '../vendors.ts'

type ErrorType = 'api_error' | 'card_error' | 'idempotency_error' | 'invalid_request_error'

interface StripeError {
  status: number
  type: ErrorType
  message: string
  code?: string
  param?: string
}

export const stripeError = ({ status, ...error }: StripeError): VendorAnswer =>
  jsonAnswer(status, {
    error: {
      ...error,
      ...(error.code === undefined ? {} : { doc_url: `https://stripe.com/docs/error-codes/${error.code}` })
    }
  })

export const missing = (what: string, id: string): VendorAnswer =>
  stripeError({
    status: 404,
    type: 'invalid_request_error',
    code: 'resource_missing',
    param: 'id',
    message: `No such ${what}: '${id}'`
  })

export const invalid = (param: string, message: string, code?: string): VendorAnswer =>
  stripeError({ status: 400, type: 'invalid_request_error', param, message, ...(code === undefined ? {} : { code }) })

/** Stripe's answer for a status, as a fault asks for it. */
export const stripeFailure = (code: string): VendorAnswer => {
  const status = /^\d+$/.test(code) ? Number(code) : 500
  if (status === 401) {
    return stripeError({ status, type: 'invalid_request_error', message: 'Invalid API Key provided' })
  }
  if (status === 404) {
    return stripeError({ status, type: 'invalid_request_error', message: 'Unrecognized request URL' })
  }
  if (status === 429) {
    const answer = stripeError({
      status,
      type: 'invalid_request_error',
      code: 'rate_limit',
      message: 'Request rate limit exceeded'
    })
    return { ...answer, headers: { ...answer.headers, 'stripe-rate-limited-reason': 'global-rate' } }
  }
  return stripeError({ status, type: 'api_error', message: 'An unknown error occurred' })
}
