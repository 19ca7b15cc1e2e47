import type { HttpServer } from '@leadlog/service'
import { found, IdParams, ONE_READ_PROBLEMS, pathId, READ_PROBLEMS } from '../query/answers.ts'
import { defineQuery } from '../query/define-query.ts'
import { pageOf } from '../query/page.ts'
import {
  afterParameter,
  choicesParameter,
  cursorParameter,
  limitParameter,
  sortParameter,
  textParameter,
  timeParameter
} from '../query/parameter.ts'
import type { ReadContext } from '../read-context.ts'
import { ReceivedEvent, ReceivedEventDetail } from './received-event.schema.ts'
import { findReceivedEvent, findReceivedEvents } from './received-events.queries.ts'
import { RECEIVED_EVENT_STATUSES } from './status.ts'

const listQuery = defineQuery({
  provider: textParameter({ description: 'of one sender' }),
  eventType: textParameter({ description: "the provider's name of the event" }),
  status: choicesParameter({ description: 'how far it got', words: RECEIVED_EVENT_STATUSES }),
  idempotencyKey: textParameter({ description: 'the one event with this key' }),
  leadId: textParameter({ description: 'events that concern one lead' }),
  from: timeParameter({ description: 'received at or after' }),
  to: timeParameter({ description: 'received before' }),
  sort: sortParameter('-receivedAt', 'receivedAt'),
  limit: limitParameter(),
  cursor: cursorParameter(),
  after: afterParameter()
})

const oneQuery = defineQuery({ after: afterParameter() })

/** Every webhook with how far it got. */
export function receivedEventRoutes(app: HttpServer, { reads, freshness }: ReadContext): void {
  app.get(
    '/received-events',
    {
      config: {
        access: 'operations',
        shared: { restsOn: ['gateway-received-events', 'gateway-crm-writes', 'gateway-leads'] }
      },
      schema: {
        tags: ['Inbox'],
        summary: 'Webhooks and how far they got',
        querystring: listQuery.schema,
        response: { 200: pageOf(ReceivedEvent), ...READ_PROBLEMS }
      }
    },
    async (request) => {
      const { sort, limit, cursor, after, ...filter } = listQuery.parse(request.query)
      await freshness.includes(after)
      return reads(request, (db) => findReceivedEvents(db, filter, sort, { limit, cursor }))
    }
  )

  app.get(
    '/received-events/:id',
    {
      config: { access: 'operations' },
      schema: {
        tags: ['Inbox'],
        summary: 'One webhook with every step, failure and CRM write',
        params: IdParams,
        querystring: oneQuery.schema,
        response: { 200: ReceivedEventDetail, ...ONE_READ_PROBLEMS }
      }
    },
    async (request) => {
      const id = pathId(request.params)
      await freshness.includes(oneQuery.parse(request.query).after)
      return found(
        await reads(request, (db) => findReceivedEvent(db, id)),
        'RECEIVED_EVENT_UNKNOWN',
        `received event ${id}`
      )
    }
  )
}
