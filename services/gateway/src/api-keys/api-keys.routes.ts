import { commandRegistry, Nullable, Timestamp } from '@leadlog/contracts'
import { HttpProblem, problemResponses, type HttpServer } from '@leadlog/service'
import { Type } from '@sinclair/typebox'
import { doingOf } from '../access/doing-of.ts'
import { IdParams, ONE_READ_PROBLEMS, pathId, READ_PROBLEMS } from '../query/answers.ts'
import type { ReadContext } from '../read-context.ts'
import type { ApiKeyBook } from './api-key-book.ts'

/** Ten years: longer than anybody remembers what a key was for. */
const MAX_DAYS = 3_650

const KeyAnswer = Type.Object({
  id: Type.String(),
  shown: Type.String({ description: 'how the key begins' }),
  name: Type.String(),
  scopes: Type.Array(Type.String()),
  issuedBy: Type.String(),
  issuedAt: Timestamp,
  expiresAt: Nullable(Timestamp),
  revokedAt: Nullable(Timestamp),
  lastUsedAt: Nullable(Type.String({ description: 'to the minute' }))
})

const NewKey = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100, description: 'which program it is for' }),
    scopes: Type.Array(Type.String(), {
      minItems: 1,
      maxItems: 20,
      uniqueItems: true,
      description: 'read; personal: what identifies people in events; command:<service> or command:*; admin'
    }),
    expiresInDays: Nullable(Type.Integer({ minimum: 1, maximum: MAX_DAYS, description: 'null: never' }))
  },
  { additionalProperties: false }
)

/** Keys for programs: issued, listed, revoked. */
export function apiKeyRoutes(
  app: HttpServer,
  { reads }: Pick<ReadContext, 'reads'>,
  { apiKeys, now }: { apiKeys: ApiKeyBook; now: () => Date }
): void {
  app.get(
    '/api-keys',
    {
      config: { access: 'admin' },
      schema: {
        tags: ['Access'],
        summary: 'The keys of programs, the newest first',
        response: { 200: Type.Object({ data: Type.Array(KeyAnswer) }), ...READ_PROBLEMS }
      }
    },
    async (request) => {
      const rows = await reads(request, (db) =>
        db.selectFrom('gateway.api_keys').selectAll().orderBy('issued_at', 'desc').orderBy('id').execute()
      )
      const uses = await apiKeys.lastUses()
      return {
        data: rows.map((row) => ({
          id: row.id,
          shown: `ll_${row.id}_…`,
          name: row.name,
          scopes: [...row.scopes],
          issuedBy: row.issued_by,
          issuedAt: row.issued_at,
          expiresAt: row.expires_at,
          revokedAt: row.revoked_at,
          lastUsedAt: uses[row.id] ?? null
        }))
      }
    }
  )

  app.post(
    '/api-keys',
    {
      config: { access: 'admin' },
      schema: {
        tags: ['Access'],
        summary: 'Issues a key; its text is in this answer and nowhere again',
        body: NewKey,
        response: {
          201: Type.Object({ id: Type.String(), key: Type.String(), expiresAt: Nullable(Timestamp) }),
          ...problemResponses(400, 401, 403, 429, 500, 503)
        }
      }
    },
    async (request, reply) => {
      const { name, scopes, expiresInDays } = request.body
      for (const scope of scopes) requireScope(scope)
      const expiresAt =
        expiresInDays === null ? null : new Date(now().getTime() + expiresInDays * 86_400_000).toISOString()
      const { key, text } = await apiKeys.issue({ name, scopes, expiresAt }, doingOf(request))
      return reply.code(201).header('cache-control', 'no-store').send({ id: key.id, key: text, expiresAt })
    }
  )

  app.delete(
    '/api-keys/:id',
    {
      config: { access: 'admin' },
      schema: {
        tags: ['Access'],
        summary: 'Revokes a key, and with it every token made from it',
        params: IdParams,
        response: { 204: Type.Null(), ...ONE_READ_PROBLEMS }
      }
    },
    async (request, reply) => {
      const id = pathId(request.params)
      if (!/^[a-z0-9]{16}$/.test(id)) throw new HttpProblem(404, 'API_KEY_UNKNOWN', 'There is no such key')
      await apiKeys.revoke(id, doingOf(request))
      return reply.code(204).send(null)
    }
  )
}

const PLAIN_SCOPES = ['read', 'personal', 'admin']

/** @throws HttpProblem 400 SCOPE_UNKNOWN */
function requireScope(scope: string): void {
  const services = new Set(commandRegistry.commands.map(({ service }) => service))
  const known = [...PLAIN_SCOPES, 'command:*', ...[...services].sort().map((service) => `command:${service}`)]
  if (!known.includes(scope))
    throw new HttpProblem(400, 'SCOPE_UNKNOWN', `There is no scope "${scope}"; known are ${known.join(', ')}`)
}
