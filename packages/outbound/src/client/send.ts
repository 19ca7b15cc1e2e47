import { errors, type Dispatcher } from 'undici'
import { plainHeaders } from './plain-headers.ts'

export interface SendRequest {
  readonly origin: string
  /** With the query. */
  readonly path: string
  readonly method: string
  readonly headers: Record<string, string>
  readonly body: string | Uint8Array | null
  /** From now to the last byte of the answer, waiting for a free connection included. */
  readonly timeoutMs: number
  readonly maxResponseBytes: number
  readonly signal: AbortSignal | undefined
}

export interface Answer {
  readonly kind: 'answered'
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

export type NoAnswerReason = 'unreachable' | 'connection-lost' | 'timed-out' | 'too-large' | 'given-up' | 'invalid'

export interface NoAnswer {
  readonly kind: 'no-answer'
  readonly why: NoAnswerReason
  /** False: the request never left, so nothing was done. True: the vendor may have received it. */
  readonly sent: boolean
  readonly cause: unknown
}

/**
 * Sends one HTTP request, following no redirect. Resolves in every case; tells whether the request had left: it counts
 * as sent from the moment a connection is there and it is about to be written.
 */
export function send(dispatcher: Dispatcher, request: SendRequest): Promise<Answer | NoAnswer> {
  const { signal } = request
  return new Promise((resolve) => {
    let controller: Dispatcher.DispatchController | undefined
    let sent = false
    let settled = false
    let status = 0
    let headers: Record<string, string> = {}
    const chunks: Buffer[] = []
    let received = 0

    const settle = (outcome: Answer | NoAnswer): void => {
      if (settled) return
      settled = true
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      resolve(outcome)
    }
    const stop = (why: NoAnswerReason, cause: unknown): void => {
      settle({ kind: 'no-answer', why, sent, cause })
      controller?.abort(asError(cause))
    }
    const onAbort = (): void => stop('given-up', signal?.reason)
    const timer = setTimeout(() => stop('timed-out', new Error('no answer in time')), request.timeoutMs)
    if (signal?.aborted) return onAbort()
    signal?.addEventListener('abort', onAbort, { once: true })

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(started) {
        // Undici writes nothing for a request that is aborted here.
        if (settled) return started.abort(new Error('given up before sending'))
        controller = started
        sent = true
      },
      onResponseStart(_, statusCode, received) {
        status = statusCode
        headers = plainHeaders(received)
      },
      onResponseData(_, chunk) {
        received += chunk.length
        if (received > request.maxResponseBytes) stop('too-large', new Error('the answer is too large'))
        else chunks.push(chunk)
      },
      onResponseEnd: () => settle({ kind: 'answered', status, headers, body: Buffer.concat(chunks) }),
      onResponseError(_, error) {
        const notSent = error instanceof errors.InvalidArgumentError ? 'invalid' : 'unreachable'
        settle({ kind: 'no-answer', why: sent ? 'connection-lost' : notSent, sent, cause: error })
      }
    }
    const { origin, path, method, body } = request
    // The timer above bounds the whole; the dispatcher's own are for single steps.
    const noTimeouts = { headersTimeout: 0, bodyTimeout: 0 }
    dispatcher.dispatch({ origin, path, method, headers: request.headers, body, ...noTimeouts }, handler)
  })
}

function asError(cause: unknown): Error {
  return cause instanceof Error ? cause : new Error('given up', { cause })
}
