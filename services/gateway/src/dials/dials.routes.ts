import type { HttpServer } from '@leadlog/service'
import { found, IdParams, ONE_READ_PROBLEMS, pathId, READ_PROBLEMS } from '../query/answers.ts'
import { defineQuery } from '../query/define-query.ts'
import { pageOf } from '../query/page.ts'
import {
  afterParameter,
  choiceParameter,
  cursorParameter,
  limitParameter,
  sortParameter,
  textParameter
} from '../query/parameter.ts'
import type { ReadContext } from '../read-context.ts'
import { DialAnswer, dialStates } from './dial.schema.ts'
import { findDial, findDials } from './dials.queries.ts'

const listQuery = defineQuery({
  state: choiceParameter({ description: 'what became of it', words: dialStates }),
  leadId: textParameter({ description: 'of one lead' }),
  number: textParameter({ description: 'to one phone number, in any spelling' }),
  sort: sortParameter('-requestedAt', 'requestedAt'),
  limit: limitParameter(),
  cursor: cursorParameter(),
  after: afterParameter()
})

const oneQuery = defineQuery({ after: afterParameter() })

/** Calls that were asked for, also those that nobody was dialled for. They are asked for by commands to `telephony`. */
export function dialRoutes(app: HttpServer, { reads, freshness }: ReadContext): void {
  app.get(
    '/dials',
    {
      config: { access: 'leads', shared: { restsOn: ['gateway-dials'] } },
      schema: {
        tags: ['Telephony'],
        summary: 'Calls that were asked for, and what became of them',
        querystring: listQuery.schema,
        response: { 200: pageOf(DialAnswer), ...READ_PROBLEMS }
      }
    },
    async (request) => {
      const { sort, limit, cursor, after, ...filter } = listQuery.parse(request.query)
      await freshness.includes(after)
      return reads(request, (db) => findDials(db, filter, sort, { limit, cursor }))
    }
  )

  app.get(
    '/dials/:id',
    {
      config: { access: 'leads' },
      schema: {
        tags: ['Telephony'],
        summary: 'One call that was asked for, with the proof whether it might be placed',
        params: IdParams,
        querystring: oneQuery.schema,
        response: { 200: DialAnswer, ...ONE_READ_PROBLEMS }
      }
    },
    async (request) => {
      const id = pathId(request.params)
      await freshness.includes(oneQuery.parse(request.query).after)
      const dial = await reads(request, (db) => findDial(db, id))
      return found(dial, 'DIAL_UNKNOWN', `dial ${id}`)
    }
  )
}
