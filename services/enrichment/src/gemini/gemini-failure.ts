import { TransientError } from '@leadlog/contracts'
import { isJsonObject, type JsonObject } from '../model/json-object.ts'
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
import { msUntilMidnight } from './quota-day.ts'

const VENDOR = 'Gemini'
const KEY_SETTING = 'GEMINI_API_KEY'
const MODEL_SETTING = 'GEMINI_MODEL'

/** Daily quotas start anew at midnight there. */
const QUOTA_TIME_ZONE = 'America/Los_Angeles'

/** A shorter wait than this for a daily quota is the vendor's default and not the time until it starts anew. */
const SHORTEST_DAILY_WAIT_MS = 10 * 60_000

export interface GeminiError {
  readonly code: number
  readonly message: string
  readonly status: string
  readonly details: readonly JsonObject[]
}

/** The vendor's error of a response, whatever of it is there. Proxies in between answer with plain text. */
export function geminiError(response: ModelHttpResponse): GeminiError {
  const body = Array.isArray(response.body) ? (response.body[0] as unknown) : response.body
  const error = isJsonObject(body) && isJsonObject(body['error']) ? body['error'] : {}
  const message = error['message'] ?? (typeof body === 'string' ? body : '')
  return {
    code: typeof error['code'] === 'number' ? error['code'] : response.status,
    message: vendorMessage(typeof message === 'string' ? message : ''),
    status: typeof error['status'] === 'string' ? error['status'] : '',
    details: Array.isArray(error['details']) ? error['details'].filter(isJsonObject) : []
  }
}

/** The error that stands for a failed generateContent call. */
export function geminiFailure(response: ModelHttpResponse, model: string, now: number): Error {
  const error = geminiError(response)
  if (isKeyTrouble(error)) return keyInvalid(VENDOR, KEY_SETTING)
  if (error.code === 429) return quotaFailure(error, response, now)
  if (error.code === 404) return modelNotFound(VENDOR, model, MODEL_SETTING)
  if (error.code === 403 || error.status === 'FAILED_PRECONDITION') {
    return notPermitted(VENDOR, error.message, KEY_SETTING)
  }
  if (error.code === 408 || error.code === 499 || error.code >= 500 || error.code < 400) {
    return unavailable(VENDOR, `${error.code} ${error.message}`, retryAfterMs(response))
  }
  return requestInvalid(VENDOR, error.code, error.message, MODEL_SETTING)
}

/** True where the vendor objects to the answer's schema, and not to the request as a whole. */
export function objectsToSchema(response: ModelHttpResponse): boolean {
  const error = geminiError(response)
  return error.code === 400 && !isKeyTrouble(error) && /schema|response_?mime_?type/i.test(error.message)
}

/** A bad key is a 400 here, told apart by its reason. */
function isKeyTrouble(error: GeminiError): boolean {
  if (error.code === 401) return true
  const reason = error.details.some((detail) => detail['reason'] === 'API_KEY_INVALID')
  return error.code === 400 && (reason || /api key (?:not valid|expired|not found)/i.test(error.message))
}

function quotaFailure(error: GeminiError, response: ModelHttpResponse, now: number): Error {
  const wait = retryDelayMs(error) ?? retryAfterMs(response)
  if (!isDailyQuota(error)) return busy(VENDOR, error.message, wait)
  const untilReset = msUntilMidnight(now, QUOTA_TIME_ZONE)
  return new TransientError(
    'ENRICHMENT_MODEL_DAILY_QUOTA',
    `Gemini's quota of the day is used up: ${error.message}. It starts anew at midnight Pacific time; raise the quota ` +
      'or set LLM_PROVIDER=rules to go on at once.',
    {
      retryAfterMs: wait !== undefined && wait >= SHORTEST_DAILY_WAIT_MS ? wait : untilReset,
      countsAsAttempt: false
    }
  )
}

function isDailyQuota(error: GeminiError): boolean {
  return error.details
    .flatMap((detail) => (Array.isArray(detail['violations']) ? (detail['violations'] as unknown[]) : []))
    .some((violation) => isJsonObject(violation) && /per_?day/i.test(textOf(violation['quotaId'])))
}

/** RetryInfo's delay, or the one in the message: `Please retry in 19.42s.` */
function retryDelayMs(error: GeminiError): number | undefined {
  const stated = error.details.map((detail) => textOf(detail['retryDelay'])).find((delay) => delay !== '')
  const seconds = /^([\d.]+)s$/.exec(stated ?? '')?.[1] ?? /retry in ([\d.]+)s/i.exec(error.message)?.[1]
  const value = Number(seconds ?? Number.NaN)
  return Number.isFinite(value) ? Math.ceil(value * 1000) : undefined
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
