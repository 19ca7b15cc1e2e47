import { PermanentError } from '@leadlog/contracts'
import { isJsonObject } from '../model/json-object.ts'
import {
  busy,
  keyInvalid,
  modelNotFound,
  notPermitted,
  requestInvalid,
  retryAfterMs,
  unavailable,
  vendorMessage
} from '../model/model-errors.ts'
import type { ModelHttpResponse } from '../model/model-provider.ts'

const VENDOR = 'The OpenAI-compatible server'
const KEY_SETTING = 'OPENAI_API_KEY'

export interface OpenAiError {
  /** HTTP status, or the one inside the body where the server answered 200 with an error. */
  readonly status: number
  readonly message: string
  /** `code` or `type` of the vendor: `insufficient_quota`, `model_not_found`, … */
  readonly code: string
  /** The part of the request that is objected to, where the server names it. */
  readonly param: string
}

/**
 * The error of a response; null where it is none. Compatible servers send `{error: {…}}`, `{error: "text"}`,
 * `{detail: …}`, `{message}`, plain text, or 200 with an `error` in the body.
 */
export function openAiError(response: ModelHttpResponse): OpenAiError | null {
  const { body, status } = response
  const error = isJsonObject(body) ? body['error'] : undefined
  const hasError = isJsonObject(error) || (typeof error === 'string' && error !== '')
  if (status >= 200 && status < 300 && !hasError) return null
  const fields = isJsonObject(error) ? error : isJsonObject(body) ? body : {}
  const inner = Number(fields['code'])
  const bodyStatus = status < 400 && Number.isInteger(inner) && inner >= 400 && inner <= 599 ? inner : undefined
  return {
    status: bodyStatus ?? status,
    message: vendorMessage(messageOf(body)),
    code: [fields['code'], fields['type']].filter((part) => typeof part === 'string').join(' '),
    param: typeof fields['param'] === 'string' ? fields['param'] : ''
  }
}

/** Which route was asked, and the variable of its model. */
interface Asked {
  readonly route: string
  readonly setting: string
}

/** The error that stands for a failed request. */
export function openAiFailure(
  error: OpenAiError,
  response: ModelHttpResponse,
  model: string,
  { route, setting }: Asked = { route: '/chat/completions', setting: 'OPENAI_MODEL' }
): Error {
  const { status, message, code } = error
  const unknownModel = /model_not_found/.test(code) || /model\b.*\b(?:not exist|not found)/i.test(message)
  if (/insufficient_quota|billing/.test(code) || status === 402) return quotaExhausted(message)
  if (status === 401 || /invalid_api_key/.test(code)) return keyInvalid(VENDOR, KEY_SETTING)
  if (unknownModel && status < 500) return modelNotFound(VENDOR, model, setting)
  if (status === 404) return wrongAddress(route, message)
  if (status === 403) return notPermitted(VENDOR, message, KEY_SETTING)
  if (status === 429 || /rate_limit/.test(code)) return busy(VENDOR, message, retryAfterMs(response))
  if (status === 408 || status === 409 || status >= 500 || status < 400) {
    return unavailable(VENDOR, `${status} ${message}`, retryAfterMs(response))
  }
  return requestInvalid(VENDOR, status, message, setting)
}

/** Waiting does not refill an account; somebody has to. */
function quotaExhausted(message: string): PermanentError {
  return new PermanentError(
    'ENRICHMENT_MODEL_QUOTA_EXHAUSTED',
    `The account behind OPENAI_API_KEY has no credit left: ${message}. Add credit, or set LLM_PROVIDER=rules, then ` +
      'redeliver the dead letters.'
  )
}

function wrongAddress(route: string, message: string): PermanentError {
  return new PermanentError(
    'ENRICHMENT_MODEL_ADDRESS_WRONG',
    `${VENDOR} has no ${route} here (${message}). OPENAI_API_URL ends with the version, for example /v1.`
  )
}

function messageOf(body: unknown): string {
  if (typeof body === 'string') return body
  if (!isJsonObject(body)) return ''
  const error = body['error']
  const candidates = [isJsonObject(error) ? error['message'] : error, body['detail'], body['message']]
  const text = candidates.find((part) => typeof part === 'string' && part !== '')
  return typeof text === 'string' ? text : JSON.stringify(body['detail'] ?? error ?? '').replace(/^""$/, '')
}
