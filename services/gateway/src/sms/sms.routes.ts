import type { HttpServer } from '@leadlog/service'
import { expandParameter, oneWithLead, pageWithLeads, withLead } from '../leads/with-lead.ts'
import { found, IdParams, ONE_READ_PROBLEMS, pathId, READ_PROBLEMS } from '../query/answers.ts'
import { defineQuery } from '../query/define-query.ts'
import { pageOf } from '../query/page.ts'
import { afterParameter, cursorParameter, limitParameter, sortParameter, textParameter } from '../query/parameter.ts'
import type { ReadContext } from '../read-context.ts'
import { SmsMessage, SmsTemplate, SmsThread } from './sms.schema.ts'
import { findMessages, findTemplates, findThread, findThreads } from './sms.queries.ts'

const threadsQuery = defineQuery({
  leadId: textParameter({ description: 'threads of one lead' }),
  number: textParameter({ description: 'threads with one phone number, in any spelling' }),
  ours: textParameter({ description: 'threads of one of our numbers' }),
  expand: expandParameter(),
  sort: sortParameter('-lastAt', 'lastAt'),
  limit: limitParameter(),
  cursor: cursorParameter(),
  after: afterParameter()
})
const oneQuery = defineQuery({ expand: expandParameter(), after: afterParameter() })
const messagesQuery = defineQuery({
  sort: sortParameter('-at', 'at'),
  limit: limitParameter(),
  cursor: cursorParameter(),
  after: afterParameter()
})
const templatesQuery = defineQuery({
  sort: sortParameter('-savedAt', 'savedAt'),
  limit: limitParameter(),
  cursor: cursorParameter(),
  after: afterParameter()
})

const THREADS_REST_ON = ['gateway-sms-threads', 'gateway-sms-messages', 'gateway-suppressions', 'gateway-leads']

/** Text messages. They are sent by commands to `telephony`. */
export function smsRoutes(app: HttpServer, { reads, freshness }: ReadContext): void {
  app.get(
    '/sms-threads',
    {
      config: { access: 'leads', shared: { restsOn: THREADS_REST_ON } },
      schema: {
        tags: ['Telephony'],
        summary: 'Threads of text messages',
        querystring: threadsQuery.schema,
        response: { 200: pageOf(withLead(SmsThread)), ...READ_PROBLEMS }
      }
    },
    async (request) => {
      const { expand, sort, limit, cursor, after, ...filter } = threadsQuery.parse(request.query)
      await freshness.includes(after)
      return reads(request, async (db) =>
        pageWithLeads(db, await findThreads(db, filter, sort, { limit, cursor }), expand)
      )
    }
  )

  app.get(
    '/sms-threads/:id',
    {
      config: { access: 'leads' },
      schema: {
        tags: ['Telephony'],
        summary: 'One thread of text messages',
        params: IdParams,
        querystring: oneQuery.schema,
        response: { 200: withLead(SmsThread), ...ONE_READ_PROBLEMS }
      }
    },
    async (request) => {
      const id = pathId(request.params)
      const { expand, after } = oneQuery.parse(request.query)
      await freshness.includes(after)
      const thread = await reads(request, async (db) => oneWithLead(db, await findThread(db, id), expand))
      return found(thread, 'SMS_THREAD_UNKNOWN', `thread ${id}`)
    }
  )

  app.get(
    '/sms-threads/:id/messages',
    {
      config: { access: 'leads' },
      schema: {
        tags: ['Telephony'],
        summary: 'The messages of a thread, each with why it went or did not',
        params: IdParams,
        querystring: messagesQuery.schema,
        response: { 200: pageOf(SmsMessage), ...ONE_READ_PROBLEMS }
      }
    },
    async (request) => {
      const id = pathId(request.params)
      const { sort, limit, cursor, after } = messagesQuery.parse(request.query)
      await freshness.includes(after)
      const page = await reads(request, async (db) =>
        (await findThread(db, id)) === null ? null : findMessages(db, id, sort, { limit, cursor })
      )
      return found(page, 'SMS_THREAD_UNKNOWN', `thread ${id}`)
    }
  )

  app.get(
    '/sms-templates',
    {
      config: { access: 'leads', shared: { restsOn: ['gateway-sms-templates'] } },
      schema: {
        tags: ['Telephony'],
        summary: 'Templates of text messages, each with its versions',
        querystring: templatesQuery.schema,
        response: { 200: pageOf(SmsTemplate), ...READ_PROBLEMS }
      }
    },
    async (request) => {
      const { sort, limit, cursor, after } = templatesQuery.parse(request.query)
      await freshness.includes(after)
      return reads(request, (db) => findTemplates(db, sort, { limit, cursor }))
    }
  )
}
