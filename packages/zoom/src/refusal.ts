import { PermanentError, TransientError } from '@leadlog/contracts'
import type { Classification, VendorCall, VendorResponse } from '@leadlog/outbound'

/** What to do about the commoner refusals. Zoom's own texts quote what was sent, which must not reach a log. */
const ADVICE: Readonly<Record<number, string>> = {
  124: 'the access token is not good any more',
  200: 'the app has no permission for this',
  300: 'a field is not valid',
  1001: 'there is no such user in the account: the host needs a Zoom user with this address',
  3001: 'the meeting does not exist any more',
  3161: 'the user may not host meetings: give them a licence',
  3301: 'there is no recording',
  4700: 'the access token is not good any more',
  4711: 'the app lacks a scope: add it in the Zoom Marketplace and connect again'
}

/** The access token is refused: another may be good. */
const TOKEN_CODES: ReadonlySet<number> = new Set([124, 4700])

/** Where the answer does not say when a day ends. */
const DAY_MS = 86_400_000

/** Reads Zoom's error bodies `{code, message, errors}`. Everything else is judged by its status. */
export function classifyZoom(response: VendorResponse, call: VendorCall): Classification | undefined {
  const { status, headers } = response
  if (status < 400 || status >= 500) return undefined
  if (status === 429) {
    // Some other user's meetings can still be made: it does not hold up the account.
    return headers['x-ratelimit-type']?.toLowerCase().startsWith('daily') === true
      ? { kind: 'failed', error: dailyLimit(retryAfter(response)) }
      : undefined
  }
  const { code, fields } = bodyOf(response)
  if (code === undefined) return undefined
  const about = code === 300 && fields !== '' ? ` (${fields})` : ''
  const advice = ADVICE[code] ?? "see Zoom's list of error codes"
  const message = `Zoom refused ${call.operation} (${status}, code ${code}): ${advice}${about}.`
  return { kind: 'failed', error: new PermanentError(`ZOOM_${code}`, message) }
}

/** How long to stay away: seconds, or with daily limits the time of the next day. */
export function retryAfter(response: VendorResponse): number | undefined {
  const text = response.headers['retry-after']?.trim()
  if (text === undefined) return undefined
  if (/^\d+$/.test(text)) return Number(text) * 1_000
  const at = Date.parse(text)
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now())
}

/** Zoom's code of a refusal, for example 3001; undefined for any other error. */
export function zoomCodeOf(error: unknown): number | undefined {
  const [, code] = (error instanceof PermanentError && /^ZOOM_(\d+)$/.exec(error.code)) || []
  return code === undefined ? undefined : Number(code)
}

/** Whether the access token was refused. */
export function isTokenRefused(error: unknown): boolean {
  const code = zoomCodeOf(error)
  return (
    (code !== undefined && TOKEN_CODES.has(code)) ||
    (error instanceof PermanentError && error.code === 'OUTBOUND_UNAUTHORIZED')
  )
}

function dailyLimit(retryAfterMs = DAY_MS): TransientError {
  return new TransientError(
    'ZOOM_DAILY_LIMIT',
    'The host has made or changed as many Zoom meetings as a day allows; it goes on at 00:00 UTC.',
    { retryAfterMs, countsAsAttempt: false }
  )
}

function bodyOf(response: VendorResponse): { code: number | undefined; fields: string } {
  try {
    const body = JSON.parse(response.text()) as { code?: unknown; errors?: readonly { field?: unknown }[] } | null
    const code = Number(body?.code ?? Number.NaN)
    const fields = Array.isArray(body?.errors) ? body.errors : []
    const names = fields.flatMap(({ field }) =>
      typeof field === 'string' && /^[\w.]{1,40}$/.test(field) ? [field] : []
    )
    return { code: Number.isInteger(code) && code > 0 ? code : undefined, fields: names.join(', ') }
  } catch {
    return { code: undefined, fields: '' }
  }
}
