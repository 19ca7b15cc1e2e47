import { randomUUID } from 'node:crypto'
import { connectionOverrides } from './connection-overrides.ts'
import { twilioSignature } from './twilio-signature.ts'

/** One request that Twilio made, and what came of it. */
export interface TwilioRequest {
  url: string
  /** Null where no answer came. */
  status: number | null
  milliseconds: number
  /** Twilio's code where the answer was of no use. */
  errorCode: string | null
  /** How often it was made. */
  attempts: number
}

export interface TwilioAnswer {
  request: TwilioRequest
  contentType: string
  body: string
}

/** The documented limit for an answer with TwiML. */
export const ANSWER_LIMIT_MS = 15_000

/** 11200: no usable answer from the address. */
const FETCH_FAILED = '11200'

interface Post {
  authToken: string
  url: string
  fields: Readonly<Record<string, string>>
  timeoutMs: number
  method?: 'GET' | 'POST'
}

/** How one attempt failed, in the words of the `rp` override; nothing where it did not. */
const failureOf = (status: number | null, timedOut: boolean): string | undefined => {
  if (status === null) return timedOut ? 'rt' : 'ct'
  return status >= 500 ? '5xx' : status >= 400 ? '4xx' : undefined
}

/**
 * Asks with a signed form. A connection that cannot be made is tried once more, with the same idempotency token; a time-out
 * or an error of the server is not, unless the `#…` of the address says so.
 */
export const postToApp = async ({
  authToken,
  url,
  fields,
  timeoutMs,
  method = 'POST'
}: Post): Promise<TwilioAnswer> => {
  const { retries, retryOn, readTimeoutMs, totalTimeoutMs } = connectionOverrides(url)
  const form = new URLSearchParams({ ...fields })
  const target = new URL(url.split('#')[0] ?? url)
  if (method === 'GET') for (const [name, value] of form) target.searchParams.append(name, value)
  const signed = method === 'GET' ? target.href : url
  const headers = {
    ...(method === 'POST' ? { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' } : {}),
    'user-agent': 'TwilioProxy/1.1',
    'x-twilio-signature': twilioSignature(authToken, signed, method === 'GET' ? new URLSearchParams() : form),
    'i-twilio-idempotency-token': randomUUID()
  }
  const body = method === 'POST' ? form.toString() : null
  const began = performance.now()
  const total = AbortSignal.timeout(Math.min(timeoutMs, totalTimeoutMs))
  for (let attempt = 1; ; attempt += 1) {
    const signal = AbortSignal.any([total, AbortSignal.timeout(readTimeoutMs)])
    let status: number | null = null
    let [text, contentType] = ['', '']
    try {
      const answer = await fetch(target.href, { method, headers, body, signal })
      text = await answer.text()
      contentType = answer.headers.get('content-type') ?? ''
      status = answer.status
    } catch {
      // No answer: the status stays unknown.
    }
    const failed = failureOf(status, signal.aborted)
    if (failed === undefined || attempt > retries || total.aborted || !retryOn.includes(failed)) {
      return {
        request: {
          url,
          status,
          milliseconds: performance.now() - began,
          errorCode: failed === undefined ? null : FETCH_FAILED,
          attempts: attempt
        },
        contentType,
        body: text
      }
    }
  }
}
