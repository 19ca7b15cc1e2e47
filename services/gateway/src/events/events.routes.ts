import type { HttpServer } from '@leadlog/service'
import type {} from '../auth/client.ts'
import { found, IdParams, ONE_READ_PROBLEMS, pathId, READ_PROBLEMS } from '../query/answers.ts'
import { defineQuery } from '../query/define-query.ts'
import { pageOf } from '../query/page.ts'
import {
  afterParameter,
  cursorParameter,
  limitParameter,
  sortParameter,
  textParameter,
  timeParameter
} from '../query/parameter.ts'
import type { ReadContext } from '../read-context.ts'
import { Event, EventDetail } from './event.schema.ts'
import { findEvent, findEvents } from './events.queries.ts'
import { readEvent, type PayloadSource } from './read-payload.ts'
import { findTrace } from './trace.queries.ts'
import { TraceAnswer, traceAnswerOf } from './trace.schema.ts'

const listQuery = defineQuery({
  type: textParameter({ description: 'of one type, for example crm.LeadStatusChanged.v1' }),
  subject: textParameter({ description: 'of one aggregate, for example crm.lead.<id>' }),
  correlationId: textParameter({ description: 'that followed from one first cause' }),
  from: timeParameter({ description: 'recorded at or after' }),
  to: timeParameter({ description: 'recorded before' }),
  sort: sortParameter('-time', 'time'),
  limit: limitParameter(),
  cursor: cursorParameter(),
  after: afterParameter()
})

const oneQuery = defineQuery({ after: afterParameter() })

/** The log itself: its events, what they carry, and what led to what. */
export function eventRoutes(app: HttpServer, { reads, freshness }: ReadContext, payloads: PayloadSource): void {
  app.get(
    '/events',
    {
      config: { access: 'operations', shared: { restsOn: ['gateway-event-index'] } },
      schema: {
        tags: ['Log'],
        summary: 'Events of all streams',
        querystring: listQuery.schema,
        response: { 200: pageOf(Event), ...READ_PROBLEMS }
      }
    },
    async (request) => {
      const { sort, limit, cursor, after, ...filter } = listQuery.parse(request.query)
      await freshness.includes(after)
      return reads(request, (db) => findEvents(db, filter, sort, { limit, cursor }))
    }
  )

  app.get(
    '/events/:id',
    {
      config: { access: 'operations' },
      schema: {
        tags: ['Log'],
        summary: 'One event with its data; of a webhook also the body',
        params: IdParams,
        querystring: oneQuery.schema,
        response: { 200: EventDetail, ...ONE_READ_PROBLEMS }
      }
    },
    async (request) => {
      const id = pathId(request.params)
      await freshness.includes(oneQuery.parse(request.query).after)
      const row = found(await reads(request, (db) => findEvent(db, id)), 'EVENT_UNKNOWN', `event ${id}`)
      return readEvent(row, payloads, request.client?.scopes ?? new Set())
    }
  )

  app.get(
    '/events/:id/trace',
    {
      config: { access: 'operations' },
      schema: {
        tags: ['Log'],
        summary: 'Causes and effects of an event over all services',
        params: IdParams,
        querystring: oneQuery.schema,
        response: { 200: TraceAnswer, ...ONE_READ_PROBLEMS }
      }
    },
    async (request) => {
      const id = pathId(request.params)
      await freshness.includes(oneQuery.parse(request.query).after)
      return reads(request, async (db) => {
        const row = found(await findEvent(db, id), 'EVENT_UNKNOWN', `event ${id}`)
        return traceAnswerOf(row, await findTrace(db, row))
      })
    }
  )
}
