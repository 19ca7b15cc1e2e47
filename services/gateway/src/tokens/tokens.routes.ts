import { OneOf } from '@leadlog/contracts'
import { HttpProblem, problemResponses, type HttpServer } from '@leadlog/service'
import { Type } from '@sinclair/typebox'
import { doingOf } from '../access/doing-of.ts'
import { SCOPES } from '../auth/client.ts'
import type { SigningKeys } from './signing-keys.ts'
import type { Tokens } from './tokens.ts'

const Scope = OneOf(...SCOPES)

const PROBLEMS = problemResponses(400, 401, 403, 429, 500, 503)

/** Tokens for programs, and the keys that sign them. */
export function tokenRoutes(
  app: HttpServer,
  { tokens, signingKeys }: { tokens: Tokens; signingKeys: SigningKeys }
): void {
  app.post(
    '/tokens',
    {
      config: { access: 'client' },
      schema: {
        tags: ['Access'],
        summary: 'A token for an hour, in exchange for an API key',
        description: 'Send it as the key: `Authorization: Bearer <token>`. Revoking the key ends its tokens at once.',
        body: Type.Object(
          {
            scopes: Type.Optional(
              Type.Array(Scope, {
                minItems: 1,
                uniqueItems: true,
                description: 'less than the key may; all by default'
              })
            )
          },
          { additionalProperties: false }
        ),
        response: {
          201: Type.Object({ token: Type.String(), tokenType: Type.Literal('Bearer'), expiresAt: Type.String() }),
          ...PROBLEMS
        }
      }
    },
    async (request, reply) => {
      const { client } = request
      const [, keyId] = /^api-key:([a-z0-9]{16})$/.exec(client?.actor ?? '') ?? []
      if (client?.via !== 'key' || keyId === undefined)
        throw new HttpProblem(
          403,
          'TOKEN_NEEDS_KEY',
          'Tokens are made from an API key that was issued by POST /v1/api-keys'
        )
      const wanted = request.body.scopes ?? [...client.scopes]
      const scopes = [...client.scopes].filter((scope) => wanted.includes(scope))
      if (scopes.length < wanted.length)
        throw new HttpProblem(403, 'SCOPE_NOT_ALLOWED', `This key has no more than ${[...client.scopes].join(', ')}`)
      const { token, expiresAt } = await tokens.issue(keyId, scopes)
      return reply.code(201).header('cache-control', 'no-store').send({ token, tokenType: 'Bearer', expiresAt })
    }
  )

  app.post(
    '/signing-keys',
    {
      config: { access: 'admin' },
      schema: {
        tags: ['Access'],
        summary: 'Makes a new key that signs tokens; the one before it checks on until its last token has ended',
        response: { 201: Type.Object({ kid: Type.String() }), ...PROBLEMS }
      }
    },
    async (request, reply) => reply.code(201).send(await signingKeys.rotate(doingOf(request)))
  )
}

/** Where others find the keys that tokens are checked with. */
export function jwksRoutes(app: HttpServer, { signingKeys }: { signingKeys: SigningKeys }): void {
  app.get('/.well-known/jwks.json', { schema: { hide: true } }, async (_request, reply) =>
    reply.header('cache-control', 'public, max-age=300').send({ keys: await signingKeys.publicKeys() })
  )
}
