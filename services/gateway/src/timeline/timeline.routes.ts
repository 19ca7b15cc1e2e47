import type { HttpServer } from '@leadlog/service'
import { found, IdParams, ONE_READ_PROBLEMS, pathId } from '../query/answers.ts'
import { defineQuery } from '../query/define-query.ts'
import { pageOf } from '../query/page.ts'
import { afterParameter, choiceParameter, cursorParameter, limitParameter, sortParameter } from '../query/parameter.ts'
import type { ReadContext } from '../read-context.ts'
import { TIMELINE_KINDS } from './timeline-entry.ts'
import { findTimeline } from './timeline.queries.ts'
import { TimelineEntry } from './timeline.schema.ts'

const listQuery = defineQuery({
  kind: choiceParameter({ description: 'one kind of entry', words: TIMELINE_KINDS }),
  sort: sortParameter('-at', 'at'),
  limit: limitParameter(),
  cursor: cursorParameter(),
  after: afterParameter()
})

/** Everything that happened to a lead, in order. */
export function timelineRoutes(app: HttpServer, { reads, freshness }: ReadContext): void {
  app.get(
    '/leads/:id/timeline',
    {
      config: { access: 'leads' },
      schema: {
        tags: ['Leads'],
        summary: 'Everything that happened to a lead',
        params: IdParams,
        querystring: listQuery.schema,
        response: { 200: pageOf(TimelineEntry), ...ONE_READ_PROBLEMS }
      }
    },
    async (request) => {
      const id = pathId(request.params)
      const { sort, limit, cursor, after, ...filter } = listQuery.parse(request.query)
      await freshness.includes(after)
      return found(
        await reads(request, (db) => findTimeline(db, id, filter, sort, { limit, cursor })),
        'LEAD_UNKNOWN',
        `lead ${id}`
      )
    }
  )
}
