import type { JsonObject } from '../json.ts'
import { jsonAnswer } from '../vendors.ts'
import type { VendorAnswer } from '../vendors.ts'

const messages: Readonly<Record<number, readonly [status: number, message: string]>> = {
  124: [401, 'Access token is expired.'],
  200: [400, 'No permission.'],
  300: [400, 'Validation Failed.'],
  1001: [404, 'User does not exist.'],
  3001: [404, 'Meeting does not exist.'],
  3161: [400, 'Meeting hosting and scheduling capabilities are not allowed for this user.'],
  3301: [404, 'There is no recording for this meeting.'],
  4711: [400, 'Invalid access token, does not contain scopes.']
}

/** Zoom's answer for one of its codes. */
export const zoomError = (code: number, message?: string): VendorAnswer => {
  const [status, usual] = messages[code] ?? [400, `Error ${code}`]
  return jsonAnswer(status, { code, message: message ?? usual })
}

/** A request that does not pass validation. */
export const invalidFields = (errors: readonly { field: string; message: string }[]): VendorAnswer =>
  jsonAnswer(400, {
    code: 300,
    message: 'Validation Failed.',
    errors: errors.map((error): JsonObject => ({ ...error }))
  })

const rateMessages = {
  QPS: 'You have reached the maximum per-second rate limit for this API. Try again later.',
  'Daily-limit':
    'You have reached the maximum daily rate limit for this API. Refer to the response header for details on when you can make another request.'
}

/** One request too many. With a daily limit the header says until when. */
export const rateLimited = (type: keyof typeof rateMessages, headers: Record<string, string> = {}): VendorAnswer =>
  jsonAnswer(429, { code: 429, message: rateMessages[type] }, { 'x-ratelimit-type': type, ...headers })

/** Zoom's answer for a status, one of its codes, or an error of OAuth. */
export const zoomFailure = (code: string, retryAfterSeconds?: number): VendorAnswer => {
  const retry: Record<string, string> =
    retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }
  if (code === '429') return rateLimited('QPS', retry)
  if (code === 'Daily-limit') return rateLimited('Daily-limit', retry)
  if (code.startsWith('invalid_')) return oauthError(400, code, 'Invalid Token!')
  const number = Number(code)
  if (messages[number] !== undefined) return zoomError(number)
  const status = /^[45]\d\d$/.test(code) ? number : 500
  return jsonAnswer(status, { code: status, message: status === 404 ? 'Not found.' : 'Internal error.' }, retry)
}

/** An error of the OAuth endpoints. */
export const oauthError = (status: number, error: string, reason: string): VendorAnswer =>
  jsonAnswer(status, { reason, error })
