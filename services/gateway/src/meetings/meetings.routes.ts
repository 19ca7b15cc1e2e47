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
  textParameter,
  timeParameter
} from '../query/parameter.ts'
import type { ReadContext } from '../read-context.ts'
import { expandParameter, oneWithLead, pageWithLeads, withLead } from '../leads/with-lead.ts'
import { MEETING_STATUSES } from './meeting-summary.ts'
import { Meeting, MeetingDetail } from './meeting.schema.ts'
import { findMeeting, findMeetings } from './meetings.queries.ts'

const listQuery = defineQuery({
  leadId: textParameter({ description: 'meetings of one lead' }),
  status: choiceParameter({ description: 'meetings in one status', words: MEETING_STATUSES }),
  from: timeParameter({ description: 'starting at or after' }),
  to: timeParameter({ description: 'starting before' }),
  expand: expandParameter(),
  sort: sortParameter('-startsAt', 'startsAt'),
  limit: limitParameter(),
  cursor: cursorParameter(),
  after: afterParameter()
})

const oneQuery = defineQuery({ expand: expandParameter(), after: afterParameter() })

/** The meetings, each one through all its reschedules. */
export function meetingRoutes(app: HttpServer, { reads, freshness }: ReadContext): void {
  app.get(
    '/meetings',
    {
      config: { access: 'leads', shared: { restsOn: ['gateway-meetings', 'gateway-leads'] } },
      schema: {
        tags: ['Meetings'],
        summary: 'Meetings',
        querystring: listQuery.schema,
        response: { 200: pageOf(withLead(Meeting)), ...READ_PROBLEMS }
      }
    },
    async (request) => {
      const { expand, sort, limit, cursor, after, ...filter } = listQuery.parse(request.query)
      await freshness.includes(after)
      return reads(request, async (db) =>
        pageWithLeads(db, await findMeetings(db, filter, sort, { limit, cursor }), expand)
      )
    }
  )

  app.get(
    '/meetings/:id',
    {
      config: { access: 'leads' },
      schema: {
        tags: ['Meetings'],
        summary: 'One meeting with its bookings, sessions and MEDDIC',
        params: IdParams,
        querystring: oneQuery.schema,
        response: { 200: withLead(MeetingDetail), ...ONE_READ_PROBLEMS }
      }
    },
    async (request) => {
      const id = pathId(request.params)
      const { expand, after } = oneQuery.parse(request.query)
      await freshness.includes(after)
      const meeting = await reads(request, async (db) => oneWithLead(db, await findMeeting(db, id), expand))
      return found(meeting, 'MEETING_UNKNOWN', `meeting ${id}`)
    }
  )
}
