import { Nullable } from '@leadlog/contracts'
import { HttpProblem, problemResponses, type HttpServer } from '@leadlog/service'
import { Type } from '@sinclair/typebox'
import type { FastifyRequest } from 'fastify'
import { doingOf } from '../access/doing-of.ts'
import type { ClientSession } from '../auth/client.ts'
import { found, IdParams, ONE_READ_PROBLEMS, pathId, READ_PROBLEMS } from '../query/answers.ts'
import { SignedInUser } from '../users/user.schema.ts'
import type { UserBook } from '../users/user-book.ts'
import type { Cookies } from './cookies.ts'
import type { Sessions } from './sessions.ts'

const Me = Type.Object({
  actor: Type.String({ description: 'as events name you' }),
  scopes: Type.Array(Type.String()),
  reads: Type.String({ description: 'own: your leads; all: everything; admin: who may what, too' }),
  user: Nullable(SignedInUser)
})

const SessionAnswer = Type.Object({
  id: Type.String(),
  device: Type.String(),
  address: Type.String(),
  startedAt: Type.String(),
  lastSeenAt: Type.String({ description: 'to the minute' }),
  current: Type.Boolean({ description: 'the one that asks' })
})

const WRITE_PROBLEMS = problemResponses(400, 401, 403, 404, 429, 500, 503)

/** Who you are and where you are signed in. */
export function meRoutes(app: HttpServer, deps: { sessions: Sessions; users: UserBook; cookies: Cookies }): void {
  const { sessions, users, cookies } = deps

  app.get(
    '/me',
    {
      config: { access: 'client' },
      schema: { tags: ['Access'], summary: 'Who you are and what you may', response: { 200: Me, ...READ_PROBLEMS } }
    },
    async ({ client }) => {
      if (client === null) throw new TypeError('The route wants a client')
      const { actor, scopes, reads, session } = client
      return { actor, scopes: [...scopes], reads: reads.reads, user: session && { ...session.user } }
    }
  )

  app.get(
    '/me/sessions',
    {
      config: { access: 'session' },
      schema: {
        tags: ['Access'],
        summary: 'Where you are signed in',
        response: { 200: Type.Object({ data: Type.Array(SessionAnswer) }), ...READ_PROBLEMS }
      }
    },
    async (request) => {
      const { id, user } = sessionOf(request)
      const list = await sessions.list(user.id)
      return {
        data: list.map(({ id: one, device, address, startedAt, lastSeenAt }) => ({
          id: one,
          device,
          address,
          startedAt,
          lastSeenAt,
          current: one === id
        }))
      }
    }
  )

  app.delete(
    '/me/sessions/:id',
    {
      config: { access: 'session' },
      schema: {
        tags: ['Access'],
        summary: 'Ends one of your sessions',
        params: IdParams,
        response: { 204: Type.Null(), ...ONE_READ_PROBLEMS, ...WRITE_PROBLEMS }
      }
    },
    async (request, reply) => {
      const { user } = sessionOf(request)
      const sessionId = pathId(request.params)
      const ended = await sessions.end(user.id, sessionId)
      found(ended || null, 'SESSION_UNKNOWN', `session ${sessionId} of yours`)
      await note(request, sessionId, 'revoked')
      return reply.code(204).send(null)
    }
  )

  app.delete(
    '/me/sessions',
    {
      config: { access: 'session' },
      schema: {
        tags: ['Access'],
        summary: 'Ends all your sessions, this one too',
        response: { 204: Type.Null(), ...WRITE_PROBLEMS }
      }
    },
    async (request, reply) => {
      await sessions.endAll(sessionOf(request).user.id)
      await note(request, null, 'revoked')
      cookies.clear(reply, 'session')
      return reply.code(204).send(null)
    }
  )

  app.post(
    '/sign-out',
    {
      config: { access: 'session' },
      schema: { tags: ['Access'], summary: 'Ends this session', response: { 204: Type.Null(), ...WRITE_PROBLEMS } }
    },
    async (request, reply) => {
      const { id, user } = sessionOf(request)
      await sessions.end(user.id, id)
      await note(request, id, 'signed-out')
      cookies.clear(reply, 'session')
      return reply.code(204).send(null)
    }
  )

  /** The end comes before its record: a session that should be over must not live because the log is away. */
  async function note(
    request: FastifyRequest,
    sessionId: string | null,
    reason: 'signed-out' | 'revoked'
  ): Promise<void> {
    await users.run(sessionOf(request).user.id, { do: 'end-session', sessionId, reason }, doingOf(request))
  }
}

/** The session that makes the request. @throws HttpProblem 403 SESSION_NEEDED */
export function sessionOf(request: FastifyRequest): ClientSession {
  const session = request.client?.session
  if (!session) throw new HttpProblem(403, 'SESSION_NEEDED', 'This is about a person who is signed in')
  return session
}
