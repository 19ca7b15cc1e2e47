import type { JsonObject } from '../json.ts'
import { jsonAnswer } from '../vendors.ts'
import type { VendorAnswer } from '../vendors.ts'

/** Of a paid account, for each user. */
export const REQUESTS_PER_MINUTE = 500

export const error = (status: number, title: string, message: string, details?: JsonObject[]): VendorAnswer =>
  jsonAnswer(status, { title, message, ...(details === undefined ? {} : { details }) })

const failures: Record<string, readonly [title: string, message: string]> = {
  '400': ['Invalid Argument', 'The supplied parameters are invalid.'],
  '401': ['Unauthenticated', 'The access token is invalid'],
  '403': ['Permission Denied', 'You do not have permission to access this resource.'],
  '404': ['Resource Not Found', 'The server could not find the requested resource.'],
  '429': ['Too Many Requests', 'The rate limit is exceeded.'],
  '500': ['Internal Server Error', 'The server encountered an unexpected condition.']
}

export const invalid = (parameter: string, message: string): VendorAnswer =>
  error(400, 'Invalid Argument', 'The supplied parameters are invalid.', [{ parameter, message }])

export const failure = (code: string, resetSeconds = 60): VendorAnswer => {
  if (code === 'upgrade_required') {
    return error(403, 'Permission Denied', 'Please upgrade your Calendly account to Standard')
  }
  const status = /^\d+$/.test(code) ? Number(code) : 500
  const [title, message] = failures[code] ?? failures['500'] ?? ['', '']
  const answer = error(status, title, message)
  if (status !== 429) return answer
  const headers = {
    'x-ratelimit-limit': String(REQUESTS_PER_MINUTE),
    'x-ratelimit-remaining': '0',
    'x-ratelimit-reset': String(resetSeconds)
  }
  return { ...answer, headers: { ...answer.headers, ...headers } }
}
