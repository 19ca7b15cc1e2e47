import { DiscoveryQuestionName, MEETING_NOTE_MAX, TakeMeetingNote } from '@leadlog/contracts'
import { HttpProblem, problemResponses, type Clock, type HttpServer } from '@leadlog/service'
import { Type } from '@sinclair/typebox'
import type { FastifyRequest } from 'fastify'
import type { Access } from '../access/access.ts'
import type { Client, PanelClient } from '../auth/client.ts'
import type { CommandPort } from '../commands/command-port.ts'
import { IdempotencyHeaders } from '../commands/idempotency-key.ts'
import { sendCommand } from '../commands/send-command.ts'
import { Meeting } from '../meetings/meeting.schema.ts'
import { findMeeting } from '../meetings/meetings.queries.ts'
import { found, IdParams, ONE_READ_PROBLEMS, pathId, READ_PROBLEMS } from '../query/answers.ts'
import { defineQuery } from '../query/define-query.ts'
import { afterParameter, timeParameter } from '../query/parameter.ts'
import type { ReadContext } from '../read-context.ts'
import { askingOf } from '../sign-in/sign-in.routes.ts'
import { findHostedMeetings, findPanelMeeting, findRunningMeeting } from './panel.queries.ts'
import { BegunPanelAnswer, PanelMeeting, PanelStand, PanelWritten } from './panel.schema.ts'

const strict = { additionalProperties: false } as const
/** What is looked for where the panel names no day. */
const HALF_A_DAY_MS = 12 * 3_600_000
const LONGEST_RANGE_MS = 7 * 86_400_000

const dayQuery = defineQuery({
  from: timeParameter({ description: 'starting at or after; twelve hours ago where absent' }),
  to: timeParameter({ description: 'starting before; in twelve hours where absent' })
})
const oneQuery = defineQuery({ after: afterParameter() })
const WRITE_PROBLEMS = problemResponses(400, 401, 403, 404, 409, 422, 429, 500, 503)

/** What the panel in Zoom asks for. It reads as the user whom Zoom's context proved, and writes about meetings that they see. */
export function panelRoutes(
  app: HttpServer,
  { reads, freshness }: ReadContext,
  deps: { readonly access: Access; readonly commands: CommandPort; readonly clock: Clock }
): void {
  const { access, commands, clock } = deps

  app.post(
    '/panel/sessions',
    {
      config: { access: 'open' },
      schema: {
        tags: ['Panel'],
        summary: "Exchanges the context of Zoom's client for a session of the panel",
        body: Type.Object(
          {
            context: Type.String({
              minLength: 1,
              maxLength: 8_192,
              description: 'the header x-zoom-app-context, or what zoomSdk.getAppContext() answers'
            })
          },
          strict
        ),
        response: { 200: BegunPanelAnswer, ...problemResponses(400, 401, 403, 429, 500, 503) }
      }
    },
    async (request, reply) => {
      const { token, expiresAt, user } = await access.panel.exchange(request.body.context, askingOf(request))
      const { id, email, name } = user
      return reply
        .header('cache-control', 'no-store')
        .send({ token, expiresAt: expiresAt.toISOString(), user: { id, email, name } })
    }
  )

  app.get(
    '/panel',
    {
      config: { access: 'panel' },
      schema: {
        tags: ['Panel'],
        summary: 'Who is in the panel, and in which meeting',
        response: { 200: PanelStand, ...READ_PROBLEMS }
      }
    },
    async (request) => {
      const { user, meetingUuid } = panelOf(request)
      const { id, email, name } = user
      return {
        user: { id, email, name },
        inMeeting: meetingUuid !== null,
        meetingId: meetingUuid === null ? null : await reads(request, (db) => findRunningMeeting(db, meetingUuid))
      }
    }
  )

  app.get(
    '/panel/meetings',
    {
      config: { access: 'panel' },
      schema: {
        tags: ['Panel'],
        summary: 'The meetings of a day that you host, to choose one of',
        querystring: dayQuery.schema,
        response: { 200: Type.Object({ data: Type.Array(Meeting) }), ...READ_PROBLEMS }
      }
    },
    async (request) => {
      const { user } = panelOf(request)
      const range = rangeOf(dayQuery.parse(request.query), clock.now())
      return { data: await reads(request, (db) => findHostedMeetings(db, user.email.toLowerCase(), range)) }
    }
  )

  app.get(
    '/panel/meetings/:id',
    {
      config: { access: 'panel' },
      schema: {
        tags: ['Panel'],
        summary: 'A meeting with its lead, what is known of them, and what to ask',
        params: IdParams,
        querystring: oneQuery.schema,
        response: { 200: PanelMeeting, ...ONE_READ_PROBLEMS }
      }
    },
    async (request) => {
      const id = pathId(request.params)
      await freshness.includes(oneQuery.parse(request.query).after)
      return found(await reads(request, (db) => findPanelMeeting(db, id)), 'MEETING_UNKNOWN', `meeting ${id}`)
    }
  )

  app.post(
    '/panel/meetings/:id/notes',
    {
      config: { access: 'panel' },
      schema: {
        tags: ['Panel'],
        summary: 'Takes a note about a meeting, once per Idempotency-Key',
        params: IdParams,
        headers: IdempotencyHeaders,
        body: Type.Object({ text: Type.String({ minLength: 1, maxLength: MEETING_NOTE_MAX, pattern: '\\S' }) }, strict),
        response: { 200: PanelWritten, 202: PanelWritten, ...WRITE_PROBLEMS }
      }
    },
    async (request, reply) => {
      const meeting = await meetingOf(request)
      const { email } = meeting.customer
      if (email === null) {
        const detail = "The address of the meeting's customer is not known yet; try again shortly"
        throw new HttpProblem(409, 'PANEL_CUSTOMER_UNKNOWN', detail)
      }
      const written = await ask(request, TakeMeetingNote.name, {
        meetingId: meeting.id,
        customerEmail: email,
        text: request.body.text
      })
      return reply.code(written.state === 'done' ? 200 : 202).send(written)
    }
  )

  app.post(
    '/panel/meetings/:id/questions',
    {
      config: { access: 'panel' },
      schema: {
        tags: ['Panel'],
        summary: 'Marks a discovery question as asked, or not asked after all, once per Idempotency-Key',
        params: IdParams,
        headers: IdempotencyHeaders,
        body: Type.Object({ question: DiscoveryQuestionName, ticked: Type.Boolean() }, strict),
        response: { 200: PanelWritten, 202: PanelWritten, ...WRITE_PROBLEMS }
      }
    },
    async (request, reply) => {
      const { id: meetingId } = await meetingOf(request)
      const { question, ticked } = request.body
      const name = ticked ? 'TickDiscoveryQuestion' : 'ClearDiscoveryQuestion'
      const written = await ask(request, name, { meetingId, question })
      return reply.code(written.state === 'done' ? 200 : 202).send(written)
    }
  )

  /** The meeting of the path, as whoever asks sees it. @throws HttpProblem 404 MEETING_UNKNOWN */
  async function meetingOf(request: FastifyRequest & { params: { id: string } }) {
    const id = pathId(request.params)
    return found(await reads(request, (db) => findMeeting(db, id)), 'MEETING_UNKNOWN', `meeting ${id}`)
  }

  /** Sends a command as the user of the panel, who may send these and no other. */
  async function ask(request: FastifyRequest, name: string, body: object): Promise<PanelWritten> {
    const client: Client = { ...clientOf(request), commandServices: new Set(['meetings']) }
    const idempotencyKey = request.headers['idempotency-key'] as string | undefined
    const { outcome } = await sendCommand(commands, { service: 'meetings', name, idempotencyKey, body, client })
    if (outcome === null) return { state: 'waiting', after: null }
    if (outcome.outcome === 'refused')
      throw new HttpProblem(409, outcome.code ?? 'COMMAND_REFUSED', outcome.message ?? 'It was refused')
    if (outcome.outcome === 'failed') {
      const detail = `${outcome.code ?? 'UNKNOWN'}: ${outcome.message ?? 'it failed'}`
      throw new HttpProblem(500, 'COMMAND_FAILED', detail)
    }
    return { state: 'done', after: outcome.eventSequence }
  }
}

function clientOf({ client }: FastifyRequest): Client {
  if (client === null) throw new TypeError('The route wants a client')
  return client
}

function panelOf(request: FastifyRequest): PanelClient {
  const { panel } = clientOf(request)
  if (panel === undefined) throw new TypeError('The route wants a person in the panel')
  return panel
}

function rangeOf(given: { from: string | undefined; to: string | undefined }, now: Date): { from: string; to: string } {
  const from = given.from ?? new Date(now.getTime() - HALF_A_DAY_MS).toISOString()
  const to = given.to ?? new Date(now.getTime() + HALF_A_DAY_MS).toISOString()
  const length = Date.parse(to) - Date.parse(from)
  if (length > 0 && length <= LONGEST_RANGE_MS) return { from, to }
  throw new HttpProblem(400, 'QUERY_INVALID', '`to` must be after `from`, by seven days at most')
}
