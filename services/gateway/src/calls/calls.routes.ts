import { callStatuses } from '@leadlog/contracts'
import type { HttpServer } from '@leadlog/service'
import { expandParameter, oneWithLead, pageWithLeads, withLead } from '../leads/with-lead.ts'
import { found, IdParams, ONE_READ_PROBLEMS, pathId, READ_PROBLEMS } from '../query/answers.ts'
import { defineQuery } from '../query/define-query.ts'
import { pageOf } from '../query/page.ts'
import {
  afterParameter,
  choiceParameter,
  cursorParameter,
  limitParameter,
  sortParameter,
  textParameter,
  timeParameter
} from '../query/parameter.ts'
import type { ReadContext } from '../read-context.ts'
import { Call, CallDetail } from './call.schema.ts'
import { findCall, findCalls } from './calls.queries.ts'

const listQuery = defineQuery({
  status: choiceParameter({ description: 'calls in one status', words: callStatuses }),
  direction: choiceParameter({ description: 'calls of one direction', words: ['inbound', 'outbound'] }),
  leadId: textParameter({ description: 'calls of one lead' }),
  flowId: textParameter({ description: 'calls through one flow, in any version' }),
  number: textParameter({ description: 'calls with one phone number at the other end, in any spelling' }),
  live: choiceParameter({ description: 'calls that are not over yet, or those that are', words: ['true', 'false'] }),
  from: timeParameter({ description: 'begun at or after' }),
  to: timeParameter({ description: 'begun before' }),
  expand: expandParameter(),
  sort: sortParameter('-startedAt', 'startedAt'),
  limit: limitParameter(),
  cursor: cursorParameter(),
  after: afterParameter()
})

const oneQuery = defineQuery({ expand: expandParameter(), after: afterParameter() })

/** The calls: those that run and those that are over. */
export function callRoutes(app: HttpServer, { reads, freshness }: ReadContext): void {
  app.get(
    '/calls',
    {
      config: { access: 'leads', shared: { restsOn: ['gateway-calls', 'gateway-flow-versions', 'gateway-leads'] } },
      schema: {
        tags: ['Telephony'],
        summary: 'Calls',
        querystring: listQuery.schema,
        response: { 200: pageOf(withLead(Call)), ...READ_PROBLEMS }
      }
    },
    async (request) => {
      const { expand, sort, limit, cursor, after, ...filter } = listQuery.parse(request.query)
      await freshness.includes(after)
      return reads(request, async (db) =>
        pageWithLeads(db, await findCalls(db, filter, sort, { limit, cursor }), expand)
      )
    }
  )

  app.get(
    '/calls/:id',
    {
      config: { access: 'leads' },
      schema: {
        tags: ['Telephony'],
        summary: 'One call turn by turn, with its recordings and events',
        params: IdParams,
        querystring: oneQuery.schema,
        response: { 200: withLead(CallDetail), ...ONE_READ_PROBLEMS }
      }
    },
    async (request) => {
      const id = pathId(request.params)
      const { expand, after } = oneQuery.parse(request.query)
      await freshness.includes(after)
      const call = await reads(request, async (db) => oneWithLead(db, await findCall(db, id), expand))
      return found(call, 'CALL_UNKNOWN', `call ${id}`)
    }
  )
}
