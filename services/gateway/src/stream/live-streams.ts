import { isDeepStrictEqual } from 'node:util'
import { HttpProblem, type HttpServer, type Logger } from '@leadlog/service'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Identify } from '../auth/auth.plugin.ts'
import type { Client } from '../auth/client.ts'
import { openSse, type SseStream } from './sse.ts'

/** How long a session or key that was ended may go on hearing. */
const CHECK_EVERY_MS = 15_000

/** What streams need that outlive the request that opened them. */
export interface LiveStreamDeps {
  readonly identify: Pick<Identify, 'again'>
  readonly logger: Pick<Logger, 'warn'>
  /** How often who listens is looked up anew; {@link CHECK_EVERY_MS} where absent. */
  readonly checkEveryMs?: number
}

/** The open streams of some routes of one process. */
export interface LiveStreams {
  /**
   * A stream for whoever makes the request, which ends when they may read no more, or other things than before.
   *
   * @throws HttpProblem 503 STREAMS_EXHAUSTED
   */
  open(request: Pick<FastifyRequest, 'client' | 'headers'>, onClosed: () => void): SseStream
  has(stream: SseStream): boolean
  answer(reply: FastifyReply, stream: SseStream): FastifyReply
}

/** Keeps at most so many streams; they end with the server. */
export function createLiveStreams(
  app: HttpServer,
  { identify, logger, checkEveryMs = CHECK_EVERY_MS, most }: LiveStreamDeps & { readonly most: number }
): LiveStreams {
  const open = new Set<SseStream>()
  app.addHook('preClose', async () => {
    for (const stream of open) stream.end()
  })

  const endUnlessAllowed = async (stream: SseStream, client: Client, authorization: string | undefined) => {
    try {
      const now = await identify.again(client, authorization)
      if (now !== null && now.scopes.has('read') && isDeepStrictEqual(now.reads, client.reads)) return
    } catch (error) {
      logger.warn({ err: error }, 'a live stream ends: who listens could not be looked up')
    }
    stream.end()
  }

  return {
    open({ client, headers }, onClosed) {
      if (client === null) throw new TypeError('The route wants a client')
      if (open.size >= most) {
        throw new HttpProblem(503, 'STREAMS_EXHAUSTED', 'Too many live streams are open; try again soon')
      }
      const stream = openSse(() => {
        open.delete(stream)
        clearInterval(checking)
        onClosed()
      })
      open.add(stream)
      const checking = setInterval(() => void endUnlessAllowed(stream, client, headers.authorization), checkEveryMs)
      checking.unref()
      return stream
    },
    has: (stream) => open.has(stream),
    answer(reply, stream) {
      void reply.header('content-type', 'text/event-stream; charset=utf-8')
      void reply.header('cache-control', 'no-store').header('x-accel-buffering', 'no')
      return reply.send(stream.body)
    }
  }
}
