import type { JsonObject } from '../json.ts'
import { jsonAnswer } from '../vendors.ts'
import type { VendorAnswer } from '../vendors.ts'

/** What one record of a write came to, as Zoho words it. */
export interface ItemResult extends JsonObject {
  code: string
  details: JsonObject
  message: string
  status: 'success' | 'error'
}

const wholeRequestErrors: Record<string, readonly [status: number, message: string]> = {
  INVALID_TOKEN: [401, 'invalid oauth token'],
  AUTHENTICATION_FAILURE: [401, 'Authentication failed'],
  OAUTH_SCOPE_MISMATCH: [401, 'invalid oauth scope to access this URL'],
  NO_PERMISSION: [403, 'permission denied'],
  INVALID_MODULE: [400, 'the module name given seems to be invalid'],
  INVALID_URL_PATTERN: [404, 'Please check if the URL trying to access is a correct one'],
  INVALID_REQUEST_METHOD: [400, 'The http request method type is not a valid one'],
  INVALID_DATA: [400, 'invalid data'],
  INVALID_QUERY: [400, 'invalid query formed'],
  REQUIRED_PARAM_MISSING: [400, 'One of the expected parameter is missing'],
  DISCRETE_PAGINATION_LIMIT_EXCEEDED: [400, 'use a page token for records beyond the first two thousand'],
  LIMIT_EXCEEDED: [400, 'the limit of the API calls of the day is used up'],
  INTERNAL_ERROR: [500, 'Internal Server Error'],
  SERVICE_UNAVAILABLE: [503, 'The service is temporarily unavailable'],
  TOO_MANY_REQUESTS: [429, 'Many requests fired in concurrent than the allowed limit.']
}

const codesOfStatus: Record<string, string> = {
  '404': 'INVALID_URL_PATTERN',
  '429': 'TOO_MANY_REQUESTS',
  '500': 'INTERNAL_ERROR',
  '502': 'SERVICE_UNAVAILABLE',
  '503': 'SERVICE_UNAVAILABLE',
  '504': 'SERVICE_UNAVAILABLE'
}

/** Zoho's answer for a failure of the whole request; a bare HTTP status is given Zoho's code for it. */
export const zohoError = (
  codeOrStatus: string,
  details: JsonObject = {},
  headers: Record<string, string> = {}
): VendorAnswer => {
  const code = codesOfStatus[codeOrStatus] ?? codeOrStatus
  const [status, message] = wholeRequestErrors[code] ?? [400, 'the request is not valid']
  const sent = /^\d+$/.test(codeOrStatus) ? Number(codeOrStatus) : status
  return jsonAnswer(sent, { code, details, message, status: 'error' }, headers)
}

const itemMessages: Record<string, string> = {
  DUPLICATE_DATA: 'duplicate data',
  INVALID_DATA: 'invalid data',
  MANDATORY_NOT_FOUND: 'required field not found'
}

/** A refused record. */
export const itemError = (code: string, details: JsonObject, message = itemMessages[code] ?? code): ItemResult => ({
  code,
  details,
  message,
  status: 'error'
})

/** One result out of a record's errors: the only one, or Zoho's envelope of several. */
export const joinItemErrors = (errors: readonly ItemResult[]): ItemResult | undefined => {
  const [first, ...others] = errors
  if (first === undefined || others.length === 0) return first
  return itemError('MULTIPLE_OR_MULTI_ERRORS', { errors: [...errors] }, 'Multiple errors in the request')
}
