import { contactChannels, suppressionReasons } from '@leadlog/contracts'
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
  textParameter
} from '../query/parameter.ts'
import type { ReadContext } from '../read-context.ts'
import { Suppression } from './suppression.schema.ts'
import { findSuppression, findSuppressions } from './suppressions.queries.ts'

const listQuery = defineQuery({
  channel: choiceParameter({ description: 'closed on one channel now', words: contactChannels }),
  reason: choiceParameter({ description: 'closed for one reason now', words: suppressionReasons }),
  active: choiceParameter({ description: 'what stands, or what stood once', words: ['true', 'false'] }),
  leadId: textParameter({ description: 'of one lead' }),
  number: textParameter({ description: 'of one phone number, in any spelling' }),
  expand: expandParameter(),
  sort: sortParameter('-changedAt', 'changedAt'),
  limit: limitParameter(),
  cursor: cursorParameter(),
  after: afterParameter()
})

const oneQuery = defineQuery({ expand: expandParameter(), after: afterParameter() })

/** Who is not to be called or written to. It is changed by commands to `telephony`, and by STOP and START. */
export function suppressionRoutes(app: HttpServer, { reads, freshness }: ReadContext): void {
  app.get(
    '/suppressions',
    {
      config: { access: 'leads', shared: { restsOn: ['gateway-suppressions', 'gateway-leads'] } },
      schema: {
        tags: ['Telephony'],
        summary: 'Who is not to be called or written to, and who was',
        querystring: listQuery.schema,
        response: { 200: pageOf(withLead(Suppression)), ...READ_PROBLEMS }
      }
    },
    async (request) => {
      const { expand, sort, limit, cursor, after, ...filter } = listQuery.parse(request.query)
      await freshness.includes(after)
      return reads(request, async (db) =>
        pageWithLeads(db, await findSuppressions(db, filter, sort, { limit, cursor }), expand)
      )
    }
  )

  app.get(
    '/suppressions/:id',
    {
      config: { access: 'leads' },
      schema: {
        tags: ['Telephony'],
        summary: 'One suppression with everything that was done about it',
        params: IdParams,
        querystring: oneQuery.schema,
        response: { 200: withLead(Suppression), ...ONE_READ_PROBLEMS }
      }
    },
    async (request) => {
      const id = pathId(request.params)
      const { expand, after } = oneQuery.parse(request.query)
      await freshness.includes(after)
      const suppression = await reads(request, async (db) => oneWithLead(db, await findSuppression(db, id), expand))
      return found(suppression, 'SUPPRESSION_UNKNOWN', `suppression ${id}`)
    }
  )
}
