import { createHmac } from 'node:crypto'
import { Type } from '@sinclair/typebox'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { SimulatorSecrets } from '../config.ts'
import { seededUuid } from '../seeded.ts'
import type { SimulatorState } from '../state.ts'
import { MeetingRun } from './meeting-run.ts'
import { runMeeting } from './run-meeting.ts'
import { deauthorizedDelivery, meetingDeliveries } from './zoom-events.ts'
import { showMeeting } from './zoom-resources.ts'
import { zoomSignature } from './zoom-signature.ts'

/** Zoom's own patience with a receiver. */
const VALIDATION_MS = 3_000

/** What people do in Zoom: hold meetings, take their permission back; and Zoom's check of a receiver. */
export const zoomControlRoutes =
  (state: SimulatorState, secrets: SimulatorSecrets): FastifyPluginAsyncTypebox =>
  async (app) => {
    let validations = 0
    const settingOf = (host: string) => ({
      accountId: secrets.zoomAccountId,
      clientId: secrets.zoomClientId,
      webhookSecret: secrets.zoomWebhookSecret,
      origin: `http://${host}`
    })

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
      { schema: { params: Type.Object({ id: Type.String() }), body: MeetingRun } },
      async ({ params, body, host }, reply) => {
        const meeting = state.zoom.meetings.get(params.id)
        if (meeting === undefined) {
          return reply.code(404).send({ error: `No meeting has the number ${params.id}; GET /_control/zoom/meetings.` })
        }
        const instance = runMeeting(state.zoom, meeting, body)
        const deliveries = meetingDeliveries(meeting, instance, settingOf(host), body.without)
        if (body.ingest !== undefined) await state.deliveries.send(deliveries, body.ingest, body.misbehave)
        return { uuid: instance.uuid, events: deliveries.map(({ body: sent }) => JSON.parse(sent) as unknown) }
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
          const told = deauthorizedDelivery(user, state.clock.now(), settingOf(host))
          await state.deliveries.send([told], body.ingest)
        }
        return { revoked: user.id }
      }
    )
  }
