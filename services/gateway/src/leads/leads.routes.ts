import { HttpProblem, type HttpServer } from '@leadlog/service'
import { asOfOf, LeadAnswer } from '../as-of/as-of.schema.ts'
import type { LeadHistory } from '../as-of/lead-history.ts'
import { requireVisible } from '../as-of/visible-lead.ts'
import { momentParameter, momentText } from '../as-of/moment.ts'
import { found, IdParams, ONE_READ_PROBLEMS, pathId, READ_PROBLEMS } from '../query/answers.ts'
import { defineQuery } from '../query/define-query.ts'
import { pageOf } from '../query/page.ts'
import {
  afterParameter,
  choiceParameter,
  choicesParameter,
  cursorParameter,
  limitParameter,
  sortParameter,
  textParameter
} from '../query/parameter.ts'
import type { ReadContext } from '../read-context.ts'
import { expandLead, LEAD_EXPANSIONS } from './expanded-lead.ts'
import { Lead, LEAD_STATUSES, LEAD_SYNC_STATES } from './lead.schema.ts'
import { findLead, findLeads, LEAD_SORTS } from './leads.queries.ts'

const listQuery = defineQuery({
  email: textParameter({ description: 'the lead with this address, in any case' }),
  status: choiceParameter({ description: 'leads in one status', words: LEAD_STATUSES }),
  crmState: choiceParameter({ description: 'how the CRM stands to the lead', words: LEAD_SYNC_STATES }),
  q: textParameter({
    description: 'words or parts of them in address, name, company, title, or figures of the telephone number'
  }),
  sort: sortParameter(...LEAD_SORTS),
  limit: limitParameter(),
  cursor: cursorParameter(),
  after: afterParameter()
})

const oneQuery = defineQuery({
  asOf: momentParameter({ description: 'the lead as it was then, folded from the log' }),
  expand: choicesParameter({ description: 'what else to answer, of now', words: LEAD_EXPANSIONS }),
  after: afterParameter()
})

/** The leads, with what was read about them and where it comes from. */
export function leadRoutes(app: HttpServer, { reads, freshness }: ReadContext, history: LeadHistory): void {
  app.get(
    '/leads',
    {
      config: { access: 'leads', shared: { restsOn: ['gateway-leads'] } },
      schema: {
        tags: ['Leads'],
        summary: 'Leads',
        querystring: listQuery.schema,
        response: { 200: pageOf(Lead), ...READ_PROBLEMS }
      }
    },
    async (request) => {
      const { sort, limit, cursor, after, ...filter } = listQuery.parse(request.query)
      await freshness.includes(after)
      return reads(request, (db) => findLeads(db, filter, sort, { limit, cursor }))
    }
  )

  app.get(
    '/leads/:id',
    {
      config: { access: 'leads' },
      schema: {
        tags: ['Leads'],
        summary: 'One lead with every field, its evidence and provenance, now or as it was',
        params: IdParams,
        querystring: oneQuery.schema,
        response: { 200: LeadAnswer, ...ONE_READ_PROBLEMS }
      }
    },
    async (request): Promise<LeadAnswer> => {
      const id = pathId(request.params)
      const { asOf, expand, after } = oneQuery.parse(request.query)
      if (asOf !== undefined && expand !== undefined) {
        throw new HttpProblem(400, 'EXPAND_IS_OF_NOW', 'What "expand" adds is of now: leave out "asOf" or "expand"')
      }
      await freshness.includes(after)
      if (asOf !== undefined) {
        await requireVisible(reads, request, id)
        const then = await history.at(id, asOf)
        const { lead, event } = found(then, 'LEAD_UNKNOWN', `lead ${id} at ${momentText(asOf)}`)
        return { ...lead, asOf: asOfOf(id, event) }
      }
      const lead = await reads(request, async (db) => {
        const lead = await findLead(db, id)
        return lead === null || expand === undefined ? lead : { ...lead, expanded: await expandLead(db, id, expand) }
      })
      return found(lead, 'LEAD_UNKNOWN', `lead ${id}`)
    }
  )
}
