import { Nullable, Role, Timestamp } from '@leadlog/contracts'
import { problemResponses, type HttpServer } from '@leadlog/service'
import { Type } from '@sinclair/typebox'
import { doingOf } from '../access/doing-of.ts'
import { IdParams, ONE_READ_PROBLEMS, pathId, READ_PROBLEMS } from '../query/answers.ts'
import { defineQuery } from '../query/define-query.ts'
import { afterParameter } from '../query/parameter.ts'
import type { ReadContext } from '../read-context.ts'
import type { Sessions } from '../sessions/sessions.ts'
import type { UserBook } from './user-book.ts'

const UserAnswer = Type.Object({
  id: Type.String(),
  email: Type.String(),
  name: Nullable(Type.String()),
  role: Role,
  disabled: Type.Boolean(),
  secondFactor: Type.Boolean(),
  invitedAt: Timestamp,
  lastSignedInAt: Nullable(Timestamp),
  lastSeenAt: Nullable(
    Type.String({ description: 'of the sessions that go on, to the minute; null: signed in nowhere' })
  )
})

const NewUser = Type.Object(
  {
    email: Type.String({ minLength: 3, maxLength: 254, pattern: '^[^\\s@,;<>"]+@[^\\s@,;<>"]+$' }),
    name: Type.Optional(Nullable(Type.String({ minLength: 1, maxLength: 100 }))),
    role: Role
  },
  { additionalProperties: false }
)

const UserChange = Type.Object(
  { role: Type.Optional(Role), disabled: Type.Optional(Type.Boolean()) },
  { additionalProperties: false, minProperties: 1 }
)

const listQuery = defineQuery({ after: afterParameter() })
const Done = Type.Object({ id: Type.String(), after: Nullable(Type.Integer({ description: 'for `?after=`' })) })
const WRITE_PROBLEMS = problemResponses(400, 401, 403, 404, 409, 429, 500, 503)

/** Who may sign in, and as what. */
export function userRoutes(
  app: HttpServer,
  { reads, freshness }: ReadContext,
  { users, sessions }: { users: UserBook; sessions: Sessions }
): void {
  app.get(
    '/users',
    {
      config: { access: 'admin' },
      schema: {
        tags: ['Access'],
        summary: 'Who may sign in',
        querystring: listQuery.schema,
        response: { 200: Type.Object({ data: Type.Array(UserAnswer) }), ...READ_PROBLEMS }
      }
    },
    async (request) => {
      await freshness.includes(listQuery.parse(request.query).after)
      const rows = await reads(request, (db) =>
        db.selectFrom('gateway.users').selectAll().orderBy('email').orderBy('id').execute()
      )
      return {
        data: await Promise.all(
          rows.map(async (row) => ({
            id: row.id,
            email: row.email,
            name: row.name,
            role: row.role,
            disabled: row.disabled,
            secondFactor: row.second_factor,
            invitedAt: row.invited_at,
            lastSignedInAt: row.last_signed_in_at,
            // The list begins with the session that was used last.
            lastSeenAt: (await sessions.list(row.id))[0]?.lastSeenAt ?? null
          }))
        )
      }
    }
  )

  app.post(
    '/users',
    {
      config: { access: 'admin' },
      schema: {
        tags: ['Access'],
        summary: 'Lets somebody sign in',
        body: NewUser,
        response: { 201: Done, ...WRITE_PROBLEMS }
      }
    },
    async (request, reply) => {
      const { email, name = null, role } = request.body
      const id = users.idOf(email)
      const events = await users.run(id, { do: 'invite', id, email, name, role }, doingOf(request))
      return reply.code(201).send({ id, after: events.at(-1)?.sequence ?? null })
    }
  )

  app.patch(
    '/users/:id',
    {
      config: { access: 'admin' },
      schema: {
        tags: ['Access'],
        summary: 'Changes the role, or disables and enables; holds at once, in every session',
        params: IdParams,
        body: UserChange,
        response: { 200: Done, ...WRITE_PROBLEMS }
      }
    },
    async (request) => {
      const id = pathId(request.params)
      const { role, disabled } = request.body
      const by = request.client?.session?.user.id ?? null
      const doing = doingOf(request)
      let after: number | null = null
      if (role !== undefined)
        after = (await users.run(id, { do: 'change-role', role, by }, doing)).at(-1)?.sequence ?? after
      if (disabled !== undefined) {
        const command = disabled ? ({ do: 'disable', by } as const) : ({ do: 'enable' } as const)
        after = (await users.run(id, command, doing)).at(-1)?.sequence ?? after
        if (disabled) await sessions.endAll(id)
      }
      return { id, after }
    }
  )

  app.delete(
    '/users/:id/sessions',
    {
      config: { access: 'admin' },
      schema: {
        tags: ['Access'],
        summary: 'Ends all sessions of somebody',
        params: IdParams,
        response: { 204: Type.Null(), ...ONE_READ_PROBLEMS }
      }
    },
    async (request, reply) => {
      const id = pathId(request.params)
      await users.run(id, { do: 'end-session', sessionId: null, reason: 'revoked' }, doingOf(request))
      await sessions.endAll(id)
      return reply.code(204).send(null)
    }
  )

  app.delete(
    '/users/:id/second-factor',
    {
      config: { access: 'admin' },
      schema: {
        tags: ['Access'],
        summary: 'Takes the second factor from somebody who lost it, and ends their sessions',
        params: IdParams,
        response: { 204: Type.Null(), ...ONE_READ_PROBLEMS }
      }
    },
    async (request, reply) => {
      const id = pathId(request.params)
      await users.run(id, { do: 'disable-second-factor', proof: null }, doingOf(request))
      await sessions.endAll(id)
      return reply.code(204).send(null)
    }
  )
}
