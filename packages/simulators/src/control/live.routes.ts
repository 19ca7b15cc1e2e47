import { Type } from '@sinclair/typebox'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyBaseLogger } from 'fastify'
import { inviteeCanceled, inviteeCreated, inviteeNoShow } from '../calendly/calendly-payload.ts'
import type { CalendlyBooking } from '../calendly/calendly-payload.ts'
import type { SimulatorSecrets } from '../config.ts'
import type { JsonObject } from '../json.ts'
import { meetingEnd } from '../readai/readai-payload.ts'
import { readaiDelivery } from '../sample-day/deliver.ts'
import { seededUuid } from '../seeded.ts'
import type { SimulatorState } from '../state.ts'
import { calendlyRoutesTo } from './calendly-receivers.ts'
import { bookingFor, meetingFor, movedTo } from './live-customer.ts'

const Ingest = Type.String({ description: 'Base URL of ingest.', pattern: '^https?://' })
/** Without it, Calendly's webhooks go to its subscriptions. */
const OptionalIngest = Type.Optional(Ingest)
const Id = Type.Object({ id: Type.String() })
const Person = {
  email: Type.String({ minLength: 3 }),
  name: Type.String({ minLength: 1 })
}

/** Single acts of a customer, each with the webhooks that it causes. */
export const liveRoutes =
  (state: SimulatorState, secrets: SimulatorSecrets): FastifyPluginAsyncTypebox =>
  async (app) => {
    let acts = 0
    const inBackground = (sending: Promise<unknown>, log: FastifyBaseLogger): void => {
      sending.catch((error: unknown) => log.error(error))
    }
    /** Sends Calendly's webhooks one after another, each to all its receivers. */
    const tell = (webhooks: readonly JsonObject[], ingest: string | undefined, log: FastifyBaseLogger): void => {
      const routes = webhooks.flatMap((webhook) => calendlyRoutesTo(state.calendly, webhook, secrets, ingest))
      const byOrigin = Map.groupBy(routes, ({ origin }) => origin)
      for (const [origin, group] of byOrigin) {
        inBackground(
          state.deliveries.send(
            group.map(({ delivery }) => delivery),
            origin
          ),
          log
        )
      }
    }
    const nextAct = (): string => {
      acts += 1
      return `act ${acts} ${state.clock.now().getTime()}`
    }
    const stored = (id: string) => state.calendly.byInvitee(id)

    app.post(
      '/calendly/bookings',
      {
        schema: {
          body: Type.Object({
            ...Person,
            ingest: OptionalIngest,
            timezone: Type.Optional(Type.String()),
            start: Type.Optional(Type.String()),
            answers: Type.Optional(Type.Record(Type.String(), Type.String()))
          })
        }
      },
      async ({ body, log }, reply) => {
        const booking = bookingFor(body, nextAct(), state.clock.now())
        state.calendly.put({ booking, end: {} })
        tell([inviteeCreated(booking)], body.ingest, log)
        return reply.code(202).send({ id: booking.inviteeId, eventId: booking.eventId, start: booking.start })
      }
    )

    const endBooking = (booking: CalendlyBooking, replacedBy: CalendlyBooking | null) => {
      const canceled = {
        at: state.clock.now(),
        by: booking.name,
        canceler: 'invitee' as const,
        reason: '',
        replacedBy
      }
      state.calendly.put({ booking, end: { canceled } })
      return inviteeCanceled(booking, canceled)
    }

    const unknown = { error: 'No booking has this invitee id; GET /calendly/scheduled_events lists them.' }

    app.post(
      '/calendly/bookings/:id/cancel',
      { schema: { params: Id, body: Type.Object({ ingest: OptionalIngest }) } },
      async ({ params, body, log }, reply) => {
        const found = stored(params.id)
        if (found === undefined) return reply.code(404).send(unknown)
        tell([endBooking(found.booking, null)], body.ingest, log)
        return reply.code(202).send({ id: params.id })
      }
    )

    app.post(
      '/calendly/bookings/:id/reschedule',
      {
        schema: {
          params: Id,
          body: Type.Object({
            ingest: OptionalIngest,
            start: Type.Optional(Type.String()),
            createdFirst: Type.Optional(Type.Boolean())
          })
        }
      },
      async ({ params, body, log }, reply) => {
        const found = stored(params.id)
        if (found === undefined) return reply.code(404).send(unknown)
        const moved = movedTo(found.booking, body.start, nextAct(), state.clock.now())
        state.calendly.put({ booking: moved, end: {} })
        const pair = [endBooking(found.booking, moved), inviteeCreated(moved)]
        tell(body.createdFirst === true ? pair.reverse() : pair, body.ingest, log)
        return reply.code(202).send({ id: moved.inviteeId, eventId: moved.eventId, start: moved.start })
      }
    )

    app.post(
      '/calendly/bookings/:id/no-show',
      { schema: { params: Id, body: Type.Object({ ingest: OptionalIngest }) } },
      async ({ params, body, log }, reply) => {
        const found = stored(params.id)
        if (found === undefined) return reply.code(404).send(unknown)
        const noShow = { at: state.clock.now(), id: params.id }
        state.calendly.put({ ...found, end: { noShow } })
        tell([inviteeNoShow(found.booking, noShow)], body.ingest, log)
        return reply.code(202).send({ id: params.id })
      }
    )

    app.post(
      '/readai/meetings',
      {
        schema: {
          body: Type.Object({
            ...Person,
            ingest: Ingest,
            bookingId: Type.Optional(Type.String()),
            minutes: Type.Optional(Type.Integer({ minimum: 1 })),
            conversation: Type.Optional(Type.String()),
            relayed: Type.Optional(Type.Boolean())
          })
        }
      },
      async ({ body, log }, reply) => {
        const act = nextAct()
        const booking = body.bookingId === undefined ? undefined : stored(body.bookingId)?.booking
        const meeting = meetingFor(body, booking, act, state.clock.now())
        state.readai.put(meeting)
        const delivery = readaiDelivery(
          `held ${meeting.sessionId}`,
          meetingEnd(meeting, seededUuid('request', act)),
          secrets,
          {
            relayed: body.relayed ?? false
          }
        )
        inBackground(state.deliveries.send([delivery], body.ingest), log)
        return reply.code(202).send({ id: meeting.sessionId })
      }
    )

    app.post(
      '/readai/meetings/:id/push-again',
      { schema: { params: Id, body: Type.Object({ ingest: Ingest }) } },
      async ({ params, body, log }, reply) => {
        const meeting = state.readai.get(params.id)
        if (meeting === undefined) return reply.code(404).send({ error: 'Read.ai knows no meeting of this id.' })
        const delivery = readaiDelivery(
          `held ${params.id}`,
          meetingEnd(meeting, seededUuid('request', nextAct())),
          secrets
        )
        inBackground(state.deliveries.send([delivery], body.ingest), log)
        return reply.code(202).send({ id: params.id })
      }
    )
  }
