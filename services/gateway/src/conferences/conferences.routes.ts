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
import { ConferenceAnswer } from './conference.schema.ts'
import { findConference, findConferences } from './conferences.queries.ts'

const listQuery = defineQuery({
  ended: choiceParameter({ description: 'those that are over, or those that are not', words: ['true', 'false'] }),
  callId: textParameter({ description: 'in which one call is or was' }),
  sort: sortParameter('-openedAt', 'openedAt'),
  limit: limitParameter(),
  cursor: cursorParameter(),
  after: afterParameter()
})

const oneQuery = defineQuery({ after: afterParameter() })

/** Conferences and who is in them: for whoever may see one of the calls. They are changed by commands to `telephony`. */
export function conferenceRoutes(app: HttpServer, { reads, freshness }: ReadContext): void {
  app.get(
    '/conferences',
    {
      config: { access: 'leads', shared: { restsOn: ['gateway-conferences', 'gateway-calls'] } },
      schema: {
        tags: ['Telephony'],
        summary: 'Conferences, and who is in them',
        querystring: listQuery.schema,
        response: { 200: pageOf(ConferenceAnswer), ...READ_PROBLEMS }
      }
    },
    async (request) => {
      const { sort, limit, cursor, after, ...filter } = listQuery.parse(request.query)
      await freshness.includes(after)
      return reads(request, (db) => findConferences(db, filter, sort, { limit, cursor }))
    }
  )

  app.get(
    '/conferences/:id',
    {
      config: { access: 'leads' },
      schema: {
        tags: ['Telephony'],
        summary: 'One conference, with whoever is or was in it',
        params: IdParams,
        querystring: oneQuery.schema,
        response: { 200: ConferenceAnswer, ...ONE_READ_PROBLEMS }
      }
    },
    async (request) => {
      const id = pathId(request.params)
      await freshness.includes(oneQuery.parse(request.query).after)
      const conference = await reads(request, (db) => findConference(db, id))
      return found(conference, 'CONFERENCE_UNKNOWN', `conference ${id}`)
    }
  )
}
