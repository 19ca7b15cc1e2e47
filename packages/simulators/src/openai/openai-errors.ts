import { jsonAnswer } from '../vendors.ts'
import type { VendorAnswer } from '../vendors.ts'

const RATE_RETRY_SECONDS = 20

interface ErrorBody {
  message: string
  type: string
  param: string | null
  code: string | null
}

const error = (status: number, body: ErrorBody, headers: Record<string, string> = {}): VendorAnswer =>
  jsonAnswer(status, { error: body }, headers)

/** A request that OpenAI does not take. */
export const invalidRequest = (
  message: string,
  param: string | null = null,
  code: string | null = null
): VendorAnswer => error(400, { message, type: 'invalid_request_error', param, code })

/** OpenAI's answer for a status or for one of: `insufficient_quota`, `invalid_api_key`, `model_not_found`. */
export const openaiError = (code: string, model: string, retryAfterSeconds = RATE_RETRY_SECONDS): VendorAnswer => {
  switch (code) {
    case '429':
    case 'rate_limit_exceeded':
      return error(
        429,
        {
          message: `Rate limit reached for ${model} in organization org-FICTIONAL on requests per min (RPM): Limit 3, Used 3, Requested 1. Please try again in ${retryAfterSeconds}s.`,
          type: 'requests',
          param: null,
          code: 'rate_limit_exceeded'
        },
        {
          'retry-after': String(Math.ceil(retryAfterSeconds)),
          'retry-after-ms': String(Math.round(retryAfterSeconds * 1000)),
          'x-ratelimit-limit-requests': '3',
          'x-ratelimit-remaining-requests': '0',
          'x-ratelimit-reset-requests': `${retryAfterSeconds}s`
        }
      )
    case 'insufficient_quota':
      return error(429, {
        message: 'You exceeded your current quota, please check your plan and billing details.',
        type: 'insufficient_quota',
        param: null,
        code: 'insufficient_quota'
      })
    case '401':
    case 'invalid_api_key':
      return error(401, {
        message: 'Incorrect API key provided. You can find your API key in your account settings.',
        type: 'invalid_request_error',
        param: null,
        code: 'invalid_api_key'
      })
    case 'model_not_found':
      return error(404, {
        message: `The model \`${model}\` does not exist or you do not have access to it.`,
        type: 'invalid_request_error',
        param: null,
        code: 'model_not_found'
      })
    case '404':
      return error(404, { message: 'Invalid URL', type: 'invalid_request_error', param: null, code: null })
    case '503':
      return error(503, {
        message: 'The server is currently overloaded with other requests. Sorry about that! Please try again.',
        type: 'server_error',
        param: null,
        code: null
      })
    default: {
      const status = /^5\d\d$/.test(code) ? Number(code) : 500
      const message = 'The server had an error while processing your request. Sorry about that!'
      return error(status, { message, type: 'server_error', param: null, code: null })
    }
  }
}
