import { createHmac } from 'node:crypto'
import { Type } from '@sinclair/typebox'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import type { SimulatorSecrets } from '../config.ts'
import type { Delivery } from '../sample-day/delivery.ts'
import { seededUuid } from '../seeded.ts'
import type { SimulatorState } from '../state.ts'
import { MeetingEdit, MeetingRemoval, MeetingRun } from './meeting-run.ts'
import { meetingChanges } from './new-meeting.ts'
import { runMeeting } from './run-meeting.ts'
import { deauthorizedDelivery, deletedDelivery, meetingDeliveries, updatedDelivery } from './zoom-events.ts'
import { showMeeting } from './zoom-resources.ts'
import { zoomSignature } from './zoom-signature.ts'

/** Zoom's own patience with a receiver. */
const VALIDATION_MS = 3_000

/** What is said in a long meeting. */
const LONGEST_RUN_BYTES = 16 * 1024 ** 2

const MeetingParams = Type.Object({ id: Type.String() })

const noMeeting = (reply: FastifyReply, id: string): FastifyReply =>
  reply.code(404).send({ error: `No meeting has the number ${id}; GET /_control/zoom/meetings.` })

/** What people do in Zoom: hold meetings, change them, take their permission back; and Zoom's check of a receiver. */
export const zoomControlRoutes =
  (state: SimulatorState, secrets: SimulatorSecrets): FastifyPluginAsyncTypebox =>
  async (app) => {
    let validations = 0
    const settingOf = (host: string) => ({
      accountId: secrets.zoomAccountId,
      clientId: secrets.zoomClientId,
      webhookSecret: secrets.zoomWebhookSecret,
      now: state.clock.now(),
      origin: `http://${host}`
    })

    /** Sends it where ingest is named, and shows it. */
    const told = async (delivery: Delivery, ingest: string | undefined): Promise<{ event: unknown }> => {
      if (ingest !== undefined) await state.deliveries.send([delivery], ingest)
      return { event: JSON.parse(delivery.body) as unknown }
    }

    app.get('/meetings', async () => ({
      meetings: state.zoom.meetings.list().map((meeting) => ({ ...showMeeting(meeting), instances: meeting.instances }))
    }))

    app.get('/grants', async () => ({
      grants: state.zoomGrants
        .list()
        .map(({ sid, userId, revoked, refreshes }) => ({ sid, userId, revoked, refreshes }))
    }))

    app.post(
      '/meetings/:id/run',
      { bodyLimit: LONGEST_RUN_BYTES, schema: { params: MeetingParams, body: MeetingRun } },
      async ({ params, body, host }, reply) => {
        const meeting = state.zoom.meetings.get(params.id)
        if (meeting === undefined) return noMeeting(reply, params.id)
        const instance = runMeeting(state.zoom, meeting, body)
        const deliveries = meetingDeliveries(meeting, instance, settingOf(host), body.without)
        if (body.ingest !== undefined) await state.deliveries.send(deliveries, body.ingest, body.misbehave)
        return { uuid: instance.uuid, events: deliveries.map(({ body: sent }) => JSON.parse(sent) as unknown) }
      }
    )

    app.post(
      '/meetings/:id/change',
      { schema: { params: MeetingParams, body: MeetingEdit } },
      async ({ params, body, host }, reply) => {
        const meeting = state.zoom.meetings.get(params.id)
        if (meeting === undefined) return noMeeting(reply, params.id)
        const before = { ...meeting }
        const { ingest, by = meeting.hostEmail, topic, startsAt, minutes } = body
        Object.assign(
          meeting,
          meetingChanges({
            ...(topic === undefined ? {} : { topic }),
            ...(startsAt === undefined ? {} : { start_time: startsAt }),
            ...(minutes === undefined ? {} : { duration: minutes })
          })
        )
        state.zoom.meetings.save(meeting)
        return told(updatedDelivery(before, meeting, by, settingOf(host)), ingest)
      }
    )

    app.post(
      '/meetings/:id/delete',
      { schema: { params: MeetingParams, body: MeetingRemoval } },
      async ({ params, body, host }, reply) => {
        const meeting = state.zoom.meetings.get(params.id)
        if (meeting === undefined) return noMeeting(reply, params.id)
        state.zoom.meetings.remove(meeting.sid)
        return told(deletedDelivery(meeting, body.by ?? meeting.hostEmail, settingOf(host)), body.ingest)
      }
    )

    app.post(
      '/validate',
      { schema: { body: Type.Object({ ingest: Type.String({ pattern: '^https?://' }) }) } },
      async ({ body }) => {
        validations += 1
        const plainToken = seededUuid('zoom validation', validations).replaceAll('-', '').slice(0, 22)
        const sent = JSON.stringify({
          payload: { plainToken },
          event_ts: state.clock.now().getTime(),
          event: 'endpoint.url_validation'
        })
        const wanted = createHmac('sha256', secrets.zoomWebhookSecret).update(plainToken).digest('hex')
        const began = performance.now()
        try {
          const answer = await fetch(new URL('/webhooks/zoom', body.ingest), {
            method: 'POST',
            headers: {
              'content-type': 'application/json',
              ...zoomSignature(sent, secrets.zoomWebhookSecret, state.clock.now())
            },
            body: sent,
            redirect: 'manual',
            signal: AbortSignal.timeout(VALIDATION_MS)
          })
          const got = (await answer.json()) as { plainToken?: unknown; encryptedToken?: unknown }
          const isValid = answer.status === 200 && got.plainToken === plainToken && got.encryptedToken === wanted
          return { valid: isValid, status: answer.status, milliseconds: Math.round(performance.now() - began) }
        } catch (error) {
          return { valid: false, problem: error instanceof Error ? error.message : String(error) }
        }
      }
    )

    app.post(
      '/revoke',
      {
        schema: {
          body: Type.Object({
            email: Type.String(),
            ingest: Type.Optional(Type.String({ pattern: '^https?://' }))
          })
        }
      },
      async ({ body, host }, reply) => {
        const user = state.zoom.user(body.email)
        if (user === undefined) {
          const known = state.zoom.users.map(({ email }) => email).join(', ')
          return reply.code(404).send({ error: `No user of the account has this address; it has ${known}.` })
        }
        state.zoomGrants.revokeUser(user.id)
        if (body.ingest !== undefined) {
          await state.deliveries.send([deauthorizedDelivery(user, settingOf(host))], body.ingest)
        }
        return { revoked: user.id }
      }
    )
  }
