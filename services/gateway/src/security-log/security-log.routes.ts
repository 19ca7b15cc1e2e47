import { Nullable, Timestamp } from '@leadlog/contracts'
import type { HttpServer } from '@leadlog/service'
import { Type } from '@sinclair/typebox'
import { READ_PROBLEMS } from '../query/answers.ts'
import { defineQuery } from '../query/define-query.ts'
import { pageOf } from '../query/page.ts'
import { afterParameter, cursorParameter, limitParameter, sortParameter, textParameter } from '../query/parameter.ts'
import type { ReadContext } from '../read-context.ts'
import { findSecurityLog } from './security-log.queries.ts'

const listQuery = defineQuery({
  userId: textParameter({ description: 'about one user' }),
  type: textParameter({ description: 'of one event type, for example access.SignInRefused.v1' }),
  sort: sortParameter('-at', 'at'),
  limit: limitParameter(),
  cursor: cursorParameter(),
  after: afterParameter()
})

const SecurityEntry = Type.Object({
  id: Type.String({ description: 'of the event' }),
  at: Timestamp,
  type: Type.String(),
  actor: Type.String({ description: 'who did it' }),
  userId: Nullable(Type.String({ description: 'whom it is about' })),
  email: Nullable(Type.String({ description: 'of that user; null once they are forgotten' })),
  keyId: Nullable(Type.String()),
  text: Type.String(),
  address: Nullable(Type.String()),
  device: Nullable(Type.String())
})

/** Who may what since when, who came in and who was turned away. */
export function securityLogRoutes(app: HttpServer, { reads, freshness }: ReadContext): void {
  app.get(
    '/security-log',
    {
      config: { access: 'admin' },
      schema: {
        tags: ['Access'],
        summary: 'What happened to users, sessions and keys',
        querystring: listQuery.schema,
        response: { 200: pageOf(SecurityEntry), ...READ_PROBLEMS }
      }
    },
    async (request) => {
      const { sort, limit, cursor, after, ...filter } = listQuery.parse(request.query)
      await freshness.includes(after)
      return reads(request, (db) => findSecurityLog(db, filter, sort, { limit, cursor }))
    }
  )
}
