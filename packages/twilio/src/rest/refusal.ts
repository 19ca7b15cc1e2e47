import { PermanentError } from '@leadlog/contracts'
import type { Classification, VendorCall, VendorResponse } from '@leadlog/outbound'

/** Codes by which Twilio says that there was too much at once and nothing was done. */
const TOO_MANY: ReadonlySet<number> = new Set([20429, 10004, 14107])

/** What to do about the commoner refusals. Twilio's own texts quote numbers, which must not reach a log. */
const ADVICE: Readonly<Record<number, string>> = {
  20003: 'the account or its token is wrong: check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN',
  20404: 'there is no such thing in this account',
  21210: "the sender's number is not verified for this account",
  21211: 'the number to call or to write to is not valid',
  21212: 'the number to call or to write from is not valid',
  21214: 'the number cannot be reached',
  21215: 'the account may not call this country: permit it under Voice Geographic Permissions',
  21216: 'the account may not call this number',
  21220: 'the call is in no state in which it can be changed',
  21408: 'the account may not write to this region: permit it under Messaging Geographic Permissions',
  21602: 'a message needs a text',
  21606: "the sender's number cannot send messages",
  21608: 'a trial account writes and calls verified numbers only',
  21610: 'the recipient has opted out (STOP)',
  21614: 'the number is no mobile number',
  21617: 'the text is longer than 1600 characters'
}

/** Reads Twilio's error bodies, the older `{code, message, …}` and RFC 9457 alike. Everything else is judged by status. */
export function classifyTwilio(response: VendorResponse, call: VendorCall): Classification | undefined {
  if (response.status < 400 || response.status >= 500) return undefined
  const code = codeIn(response)
  if (code !== undefined && TOO_MANY.has(code)) return { kind: 'rate-limited', retryAfterMs: retryAfter(response) }
  if (response.status === 429 || code === undefined) return undefined
  return { kind: 'failed', error: refusal(code, response.status, call.operation) }
}

/** Twilio names no time for a 429; its own library waits up to three seconds, at random. */
export function retryAfter(response: VendorResponse): number | undefined {
  return response.headers['retry-after'] === undefined ? 1_000 + Math.round(Math.random() * 2_000) : undefined
}

/** Twilio's code of a refusal, for example 21610; undefined for any other error. */
export function twilioCodeOf(error: unknown): number | undefined {
  const [, code] = (error instanceof PermanentError && /^TWILIO_(\d+)$/.exec(error.code)) || []
  return code === undefined ? undefined : Number(code)
}

function refusal(code: number, status: number, operation: string): PermanentError {
  const advice = ADVICE[code] ?? `see https://www.twilio.com/docs/api/errors/${code}`
  return new PermanentError(`TWILIO_${code}`, `Twilio refused ${operation} (${status}): ${advice}.`)
}

function codeIn(response: VendorResponse): number | undefined {
  try {
    const body = JSON.parse(response.text()) as { code?: unknown } | null
    const code = Number(body?.code ?? Number.NaN)
    return Number.isInteger(code) && code > 0 ? code : undefined
  } catch {
    return undefined
  }
}
