import type { JsonObject } from '../json.ts'
import { jsonAnswer } from '../vendors.ts'
import type { VendorAnswer } from '../vendors.ts'

/** What Gemini names as delay for a quota of a minute, and for one of a day. */
const MINUTE_RETRY_SECONDS = 19
const DAY_RETRY_SECONDS = 52_758

const statuses: Record<string, readonly [status: number, name: string, message: string]> = {
  '400': [400, 'INVALID_ARGUMENT', 'Invalid JSON payload received.'],
  EMPTY_CONTENTS: [400, 'INVALID_ARGUMENT', '* GenerateContentRequest.contents: contents is not specified'],
  SCHEMA_TOO_COMPLEX: [
    400,
    'INVALID_ARGUMENT',
    'The specified schema produces a constraint that has too many states for serving.'
  ],
  FAILED_PRECONDITION: [400, 'FAILED_PRECONDITION', 'User location is not supported for the API use.'],
  '403': [
    403,
    'PERMISSION_DENIED',
    "Method doesn't allow unregistered callers (callers without established identity)."
  ],
  '500': [500, 'INTERNAL', 'An internal error has occurred. Please retry or report.'],
  '502': [502, 'UNAVAILABLE', 'Bad gateway.'],
  '503': [503, 'UNAVAILABLE', 'The model is overloaded. Please try again later.'],
  '504': [504, 'DEADLINE_EXCEEDED', 'The request timed out. Please try again.']
}

const error = (code: number, status: string, message: string, details?: JsonObject[]): VendorAnswer =>
  jsonAnswer(code, { error: { code, message, status, ...(details === undefined ? {} : { details }) } })

const quotaError = (model: string, window: 'PerMinute' | 'PerDay', seconds: number): VendorAnswer =>
  error(
    429,
    'RESOURCE_EXHAUSTED',
    `You exceeded your current quota, please check your plan and billing details. Please retry in ${seconds}s.`,
    [
      {
        '@type': 'type.googleapis.com/google.rpc.QuotaFailure',
        violations: [
          {
            quotaMetric: 'generativelanguage.googleapis.com/generate_content_free_tier_requests',
            quotaId: `GenerateRequests${window}PerProjectPerModel-FreeTier`,
            quotaDimensions: { location: 'global', model },
            quotaValue: window === 'PerDay' ? '250' : '10'
          }
        ]
      },
      {
        '@type': 'type.googleapis.com/google.rpc.Help',
        links: [
          {
            description: 'Learn more about Gemini API quotas',
            url: 'https://ai.google.dev/gemini-api/docs/rate-limits'
          }
        ]
      },
      { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: `${seconds}s` }
    ]
  )

/** Gemini's answer for a status or for one of: `per-minute`, `per-day`, `API_KEY_INVALID`, and the names above. */
export const geminiError = (code: string, model: string, retryAfterSeconds?: number): VendorAnswer => {
  if (code === 'per-day') return quotaError(model, 'PerDay', retryAfterSeconds ?? DAY_RETRY_SECONDS)
  if (code === '429' || code === 'per-minute') {
    return quotaError(model, 'PerMinute', retryAfterSeconds ?? MINUTE_RETRY_SECONDS)
  }
  if (code === 'API_KEY_INVALID') {
    return error(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid API key.', [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: 'API_KEY_INVALID',
        domain: 'googleapis.com',
        metadata: { service: 'generativelanguage.googleapis.com' }
      }
    ])
  }
  if (code === '404') {
    return error(
      404,
      'NOT_FOUND',
      `models/${model} is not found for API version v1beta, or is not supported for generateContent.`
    )
  }
  const [status, name, message] = statuses[code] ?? [500, 'INTERNAL', 'An internal error has occurred.']
  return error(status, name, message)
}
