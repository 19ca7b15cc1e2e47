import type { HttpServer } from '@leadlog/service'
import { found, IdParams, ONE_READ_PROBLEMS, pathId } from '../query/answers.ts'
import { defineQuery } from '../query/define-query.ts'
import type { ReadContext } from '../read-context.ts'
import { asOfOf, LeadChanges } from './as-of.schema.ts'
import { changesBetween } from './lead-changes.ts'
import type { LeadHistory } from './lead-history.ts'
import { momentParameter, momentText } from './moment.ts'
import { requireVisible } from './visible-lead.ts'

const query = defineQuery({
  from: momentParameter({ description: 'the earlier moment; by default before the lead was known' }),
  to: momentParameter({ description: 'the later moment; by default now' })
})

/** Two moments of a lead compared. */
export function leadChangeRoutes(app: HttpServer, { reads }: Pick<ReadContext, 'reads'>, history: LeadHistory): void {
  app.get(
    '/leads/:id/changes',
    {
      config: { access: 'leads' },
      schema: {
        tags: ['Leads'],
        summary: 'What changed between two moments, field by field, with the event that changed each',
        params: IdParams,
        querystring: query.schema,
        response: { 200: LeadChanges, ...ONE_READ_PROBLEMS }
      }
    },
    async (request): Promise<LeadChanges> => {
      const id = pathId(request.params)
      const { from, to } = query.parse(request.query)
      await requireVisible(reads, request, id)
      const [before, after, steps] = await Promise.all([
        from === undefined ? null : history.at(id, from),
        history.at(id, to),
        history.steps(id, to)
      ])
      const later = found(after, 'LEAD_UNKNOWN', `lead ${id}${to === undefined ? '' : ` at ${momentText(to)}`}`)
      const changes = changesBetween(before?.lead ?? null, later.lead, steps)
      const first = before ? `from=${String(before.event.sequence)}&` : ''
      return {
        id,
        from: before ? asOfOf(id, before.event) : null,
        to: asOfOf(id, later.event),
        link: `/v1/leads/${id}/changes?${first}to=${String(later.event.sequence)}`,
        changes: changes.map(({ event, ...change }) => ({
          ...change,
          event: event && { id: event.id, type: event.type, sequence: event.sequence, time: event.time }
        }))
      }
    }
  )
}
