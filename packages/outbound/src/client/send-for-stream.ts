import type { Readable } from 'node:stream'
import { errors, type Dispatcher } from 'undici'
import { plainHeaders } from './plain-headers.ts'
import type { NoAnswer, SendRequest } from './send.ts'

/** An answer of which only the head has come. */
export interface StreamedAnswer {
  readonly kind: 'streams'
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Readable
}

/** Where large files lie elsewhere the vendor sends on once; more is a circle. */
const MOST_REDIRECTS = 2

/**
 * Asks for something large: resolves with the head of the answer, and the rest comes as it is read. Redirects are followed,
 * without credentials: the file's address says who may have it. The time limit is for the head, and for each pause after it.
 */
export async function sendForStream(dispatcher: Dispatcher, request: SendRequest): Promise<StreamedAnswer | NoAnswer> {
  let url = new URL(request.path, request.origin)
  let headers = request.headers
  for (let redirects = 0; ; redirects += 1) {
    try {
      const answer = await dispatcher.request({
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method: request.method,
        headers,
        headersTimeout: request.timeoutMs,
        bodyTimeout: request.timeoutMs,
        ...(request.signal === undefined ? {} : { signal: request.signal })
      })
      const received = plainHeaders(answer.headers)
      const location = received['location']
      if (answer.statusCode >= 300 && answer.statusCode < 400 && location !== undefined && redirects < MOST_REDIRECTS) {
        await answer.body.dump()
        url = new URL(location, url)
        headers = Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'authorization'))
        continue
      }
      return { kind: 'streams', status: answer.statusCode, headers: received, body: answer.body }
    } catch (cause) {
      return { kind: 'no-answer', why: whyOf(cause, request.signal), sent: true, cause }
    }
  }
}

function whyOf(cause: unknown, signal: AbortSignal | undefined): NoAnswer['why'] {
  if (signal?.aborted) return 'given-up'
  if (cause instanceof errors.HeadersTimeoutError) return 'timed-out'
  if (cause instanceof errors.InvalidArgumentError) return 'invalid'
  return cause instanceof errors.SocketError ? 'connection-lost' : 'unreachable'
}
