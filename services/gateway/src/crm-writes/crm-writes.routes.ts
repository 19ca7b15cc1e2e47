import type { HttpServer } from '@leadlog/service'
import type { ReadContext } from '../read-context.ts'
import { READ_PROBLEMS } from '../query/answers.ts'
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
import { CRM_WRITE_KINDS, CRM_WRITE_STATES, CrmWrite } from './crm-write.schema.ts'
import { findCrmWrites } from './crm-writes.queries.ts'

const listQuery = defineQuery({
  leadId: textParameter({ description: 'writes of one lead' }),
  state: choiceParameter({ description: 'how the write stands', words: CRM_WRITE_STATES }),
  kind: choiceParameter({
    description: "the lead's record, a note, or a contact, a deal or a task",
    words: CRM_WRITE_KINDS
  }),
  receivedEventId: textParameter({ description: 'writes that one received event led to' }),
  sort: sortParameter('-queuedAt', 'queuedAt'),
  limit: limitParameter(),
  cursor: cursorParameter(),
  after: afterParameter()
})

/** What the CRM was to get, and what became of it. */
export function crmWriteRoutes(app: HttpServer, { reads, freshness }: ReadContext): void {
  app.get(
    '/crm-writes',
    {
      config: { access: 'leads', shared: { restsOn: ['gateway-crm-writes'] } },
      schema: {
        tags: ['CRM'],
        summary: 'Writes, notes and objects for the CRM',
        querystring: listQuery.schema,
        response: { 200: pageOf(CrmWrite), ...READ_PROBLEMS }
      }
    },
    async (request) => {
      const { sort, limit, cursor, after, ...filter } = listQuery.parse(request.query)
      await freshness.includes(after)
      return reads(request, (db) => findCrmWrites(db, filter, sort, { limit, cursor }))
    }
  )
}
