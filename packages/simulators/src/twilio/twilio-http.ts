import { randomUUID } from 'node:crypto'
import { twilioSignature } from './twilio-signature.ts'

/** One request that Twilio made, and what came of it. */
export interface TwilioRequest {
  url: string
  /** Null where no answer came. */
  status: number | null
  milliseconds: number
  /** Twilio's code where the answer was of no use. */
  errorCode: string | null
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
}

/**
 * Posts a signed form. A connection that cannot be made is tried once more, with the same idempotency token; a time-out or
 * an error of the server is not.
 */
export const postToApp = async ({ authToken, url, fields, timeoutMs }: Post): Promise<TwilioAnswer> => {
  const form = new URLSearchParams({ ...fields })
  const headers = {
    'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
    'user-agent': 'TwilioProxy/1.1',
    'x-twilio-signature': twilioSignature(authToken, url, form),
    'i-twilio-idempotency-token': randomUUID()
  }
  const began = performance.now()
  const result = (status: number | null, body = '', contentType = ''): TwilioAnswer => ({
    request: {
      url,
      status,
      milliseconds: performance.now() - began,
      errorCode: status === null || status >= 400 ? FETCH_FAILED : null
    },
    contentType,
    body
  })
  const signal = AbortSignal.timeout(timeoutMs)
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await fetch(url.split('#')[0] ?? url, { method: 'POST', headers, body: form.toString(), signal })
      return result(answer.status, await answer.text(), answer.headers.get('content-type') ?? '')
    } catch {
      if (signal.aborted || attempt > 1) return result(null)
    }
  }
}
