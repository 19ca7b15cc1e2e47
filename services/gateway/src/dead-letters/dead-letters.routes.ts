import type { HttpServer } from '@leadlog/service'
import { found, IdParams, ONE_READ_PROBLEMS, pathId, READ_PROBLEMS } from '../query/answers.ts'
import { defineQuery } from '../query/define-query.ts'
import { pageOf } from '../query/page.ts'
import { afterParameter, cursorParameter, limitParameter, sortParameter, textParameter } from '../query/parameter.ts'
import type { ReadContext } from '../read-context.ts'
import { DeadLetter, DeadLetterDetail } from './dead-letter.schema.ts'
import { findDeadLetter, findDeadLetters } from './dead-letters.queries.ts'

const listQuery = defineQuery({
  service: textParameter({ description: 'of one service' }),
  handler: textParameter({ description: 'of one handler' }),
  code: textParameter({ description: 'with one error code' }),
  fingerprint: textParameter({ description: 'failures of one kind' }),
  receivedEventId: textParameter({ description: 'on the way of one received event' }),
  sort: sortParameter('-at', 'at'),
  limit: limitParameter(),
  cursor: cursorParameter(),
  after: afterParameter()
})

const oneQuery = defineQuery({ after: afterParameter() })

/** What handlers gave up on, with the reason. */
export function deadLetterRoutes(app: HttpServer, { db, freshness }: ReadContext): void {
  app.get(
    '/dead-letters',
    {
      schema: {
        tags: ['Operations'],
        summary: 'Messages that a handler gave up on',
        querystring: listQuery.schema,
        response: { 200: pageOf(DeadLetter), ...READ_PROBLEMS }
      }
    },
    async (request) => {
      const { sort, limit, cursor, after, ...filter } = listQuery.parse(request.query)
      await freshness.includes(after)
      return findDeadLetters(db, filter, sort, { limit, cursor })
    }
  )

  app.get(
    '/dead-letters/:id',
    {
      schema: {
        tags: ['Operations'],
        summary: 'One dead letter with the attempts before it',
        params: IdParams,
        querystring: oneQuery.schema,
        response: { 200: DeadLetterDetail, ...ONE_READ_PROBLEMS }
      }
    },
    async (request) => {
      const id = pathId(request.params)
      await freshness.includes(oneQuery.parse(request.query).after)
      return found(await findDeadLetter(db, id), 'DEAD_LETTER_UNKNOWN', `dead letter ${id}`)
    }
  )
}
