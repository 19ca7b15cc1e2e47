import { createHash } from 'node:crypto'
import type { RunningProjections } from '@leadlog/projections'
import type { HttpServer } from '@leadlog/service'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ReadScope } from '../database/scoped-reads.ts'
import type { Freshness } from '../freshness/freshness.ts'
import { WHOLE_NUMBER } from '../query/parameter.ts'
import { answerOf, readyToSend, type Answer } from './answer.ts'
import type { AnswerStore } from './answer-store.ts'

/**
 * Says of a route that its answer depends on nothing but its address, on what rows its client may see, and on the named
 * read models, so that one answer may serve all who ask alike.
 */
export interface Shared {
  /** Their names as projections. What they rest on counts too: whose leads are whose always does. */
  readonly restsOn: readonly string[]
  /** How long at most; {@link LONGEST_MS} where absent. */
  readonly forMs?: number
}

declare module 'fastify' {
  interface FastifyContextConfig {
    shared?: Shared
  }
  interface FastifyRequest {
    /** Where others wait for the answer to this request. */
    sharing: Sharing | null
  }
}

/** How a shared read came to its answer. */
export type SharedOutcome = 'kept' | 'joined' | 'read' | 'unsure'

interface Sharing {
  readonly key: string
  readonly forMs: number
  /** The first call counts; null: there is none to share. */
  readonly answer: (answer: Answer | null) => void
}

/** Bounds what is not heard of: a connection that is dead without a word, rows that were forgotten by age. */
const LONGEST_MS = 15_000
const OWNERS = 'gateway-lead-owners'

/**
 * Reads that are alike are made once: those that come while one is under way wait for it, those that come later are given
 * what was kept, until a row of what the answer rests on changes. An answer is kept under the mark of its rows from before
 * the read, so it is never older than what a later request under the same mark may expect; `after` is waited for first.
 * To be registered after access is decided and before answers are tagged.
 */
export function shareAnswers(
  app: HttpServer,
  options: {
    freshness: Freshness
    markOf: RunningProjections['markOf']
    store: AnswerStore
    count: (outcome: SharedOutcome) => void
  }
): void {
  const { freshness, markOf, store, count } = options
  const underWay = new Map<string, Promise<Answer | null>>()
  app.decorateRequest('sharing', null)

  app.addHook('preHandler', async (request, reply) => {
    const { shared } = request.routeOptions.config
    const { client } = request
    if (!shared || client === null || request.method !== 'GET') return
    const { after, ...query } = request.query as Readonly<Record<string, unknown>>
    if (after !== undefined) {
      // What is no sequence is the handler's to refuse.
      if (typeof after !== 'string' || !WHOLE_NUMBER.test(after)) return
      await freshness.includes(Number(after))
    }
    const mark = markOf([...shared.restsOn, OWNERS])
    if (mark === null) return count('unsure')
    const key = keyOf(client.reads, request, query, mark)
    const others = underWay.get(key)
    if (others !== undefined) {
      const joined = await others
      // What failed for another is not told to this one: it asks for itself.
      if (joined === null) return count('read')
      count('joined')
      return sendReady(joined, request, reply)
    }
    // No wait between having looked and being there for others.
    const { promise, resolve } = Promise.withResolvers<Answer | null>()
    underWay.set(key, promise)
    const answer = (made: Answer | null): void => {
      underWay.delete(key)
      resolve(made)
    }
    const kept = await store.get(key).catch(() => null)
    if (kept !== null) {
      answer(kept.answer)
      count('kept')
      return sendReady(kept.answer, request, reply)
    }
    count('read')
    request.sharing = { key, forMs: Math.min(shared.forMs ?? LONGEST_MS, LONGEST_MS), answer }
  })

  app.addHook('onSend', async (request, reply, payload) => {
    const { sharing } = request
    if (sharing === null) return payload
    const answer = reply.statusCode === 200 && typeof payload === 'string' ? answerOf(payload) : null
    sharing.answer(answer)
    if (answer === null) return payload
    void store.put(sharing.key, answer, sharing.forMs)
    return readyToSend(answer, request, reply)
  })

  // Whoever went away before the answer leaves nobody waiting.
  app.addHook('onResponse', async ({ sharing }) => sharing?.answer(null))
}

/** Nothing is no JSON: a null would be given its type. */
async function sendReady(answer: Answer, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  return reply.send((await readyToSend(answer, request, reply)) ?? undefined)
}

/** Everything that an answer may depend on. */
function keyOf(scope: ReadScope, request: FastifyRequest, query: object, mark: string): string {
  const who = scope.reads === 'own' ? ['own', scope.email.trim().toLowerCase()] : [scope.reads]
  const asked = Object.entries(query).sort(([a], [b]) => (a < b ? -1 : 1))
  const parts = [who, request.routeOptions.url, request.params, asked, mark]
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url')
}
