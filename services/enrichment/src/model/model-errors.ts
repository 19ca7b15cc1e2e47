import { PermanentError, TransientError } from '@leadlog/contracts'
import type { ModelHttpResponse } from './model-provider.ts'

/** Vendor messages are for operators; a longer one is a page of HTML or the request again. */
const MAX_VENDOR_MESSAGE = 240

/** Too many requests for now: wait what the vendor says. */
export function busy(vendor: string, message: string, retryAfterMs: number | undefined): TransientError {
  return new TransientError('ENRICHMENT_MODEL_BUSY', `${vendor} limits requests: ${message}`, {
    retryAfterMs,
    countsAsAttempt: false
  })
}

/** The vendor has trouble that usually passes. */
export function unavailable(vendor: string, message: string, retryAfterMs?: number): TransientError {
  return new TransientError('ENRICHMENT_MODEL_UNAVAILABLE', `${vendor} does not answer: ${message}`, { retryAfterMs })
}

/** HTTP 200 with something that is not an answer. */
export function unreadableReply(vendor: string, message: string): TransientError {
  return new TransientError('ENRICHMENT_MODEL_REPLY_UNREADABLE', `${vendor} sent no readable answer: ${message}`)
}

export function keyInvalid(vendor: string, keySetting: string): PermanentError {
  return new PermanentError(
    'ENRICHMENT_MODEL_KEY_INVALID',
    `${vendor} refuses the API key. Set a valid key in ${keySetting}, restart, then redeliver.`
  )
}

export function notPermitted(vendor: string, message: string, keySetting: string): PermanentError {
  return new PermanentError(
    'ENRICHMENT_MODEL_NOT_PERMITTED',
    `${vendor} does not permit this request: ${message}. Check the permissions and region of the key in ${keySetting}.`
  )
}

export function modelNotFound(vendor: string, model: string, modelSetting: string): PermanentError {
  return new PermanentError(
    'ENRICHMENT_MODEL_NOT_FOUND',
    `${vendor} has no model "${model}": it was retired or is misspelt. Set a current one in ${modelSetting}, then redeliver.`
  )
}

export function requestInvalid(vendor: string, status: number, message: string, modelSetting: string): PermanentError {
  return new PermanentError(
    'ENRICHMENT_MODEL_REQUEST_INVALID',
    `${vendor} answered ${status} to the request: ${message}. Check the model in ${modelSetting} and what it supports.`
  )
}

/** The vendor's message in one line, without anything that looks like a key. */
export function vendorMessage(text: string): string {
  const line = text
    .replace(/<[^>]*>/g, ' ')
    .replace(/\b(?:sk|AIza|Bearer)[-_ ]?[\w*.-]{6,}/g, '[key]')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[.\s]+$/, '')
  return line === '' ? 'no message' : line.slice(0, MAX_VENDOR_MESSAGE)
}

export function headerOf(response: ModelHttpResponse, name: string): string | undefined {
  const entry = Object.entries(response.headers).find(([key]) => key.toLowerCase() === name)?.[1]
  return Array.isArray(entry) ? entry[0] : entry
}

/**
 * What `retry-after-ms` or `retry-after` ask for, in milliseconds; undefined where neither says anything usable.
 * A date is measured against the server's own `date` header, so that no clock of ours comes in.
 */
export function retryAfterMs(response: ModelHttpResponse): number | undefined {
  const milliseconds = Number(headerOf(response, 'retry-after-ms') ?? Number.NaN)
  if (Number.isFinite(milliseconds) && milliseconds >= 0) return Math.ceil(milliseconds)
  const after = headerOf(response, 'retry-after')?.trim()
  if (after === undefined || after === '') return undefined
  const seconds = Number(after)
  if (Number.isFinite(seconds)) return seconds >= 0 ? Math.ceil(seconds * 1000) : undefined
  const wait = Date.parse(after) - Date.parse(headerOf(response, 'date') ?? '')
  return Number.isFinite(wait) && wait >= 0 ? wait : undefined
}
