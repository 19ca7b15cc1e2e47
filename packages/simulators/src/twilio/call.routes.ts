import { Type } from '@sinclair/typebox'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { SimulatorSecrets } from '../config.ts'
import type { SimulatorState } from '../state.ts'
import { CallScript, Phone } from './call-script.ts'
import { madeCounts } from './made-counts.ts'
import { runCall } from './scripted-call.ts'
import { keptCall } from './twilio-calls.ts'

const Inbound = Type.Object(
  {
    from: Type.String({ minLength: 1 }),
    to: Type.String({ minLength: 1 }),
    body: Type.String(),
    url: Type.Optional(Type.String({ pattern: '^https?://' }))
  },
  { additionalProperties: false }
)

/** What people do with their telephones, and what the account holds. */
export const callRoutes =
  (state: SimulatorState, secrets: SimulatorSecrets): FastifyPluginAsyncTypebox =>
  async (app) => {
    let calls = 0

    app.post('/calls', { schema: { body: CallScript } }, async ({ body, log }, reply) => {
      if (body.pace === 'live') {
        const { sid, ended } = state.twilioLine.receiveCall(body)
        ended.then(
          (record) => state.twilioCalls.add(keptCall(record, state.clock.now())),
          (error: unknown) => log.error(error)
        )
        return reply.code(202).send({ sid })
      }
      calls += 1
      const record = await runCall(body, {
        accountSid: secrets.twilioAccountSid,
        authToken: secrets.twilioAuthToken,
        seed: `call ${calls} ${state.clock.now().getTime()}`,
        now: state.clock.now
      })
      state.twilioCalls.add(keptCall(record, state.clock.now()))
      return record
    })

    app.get('/calls', async () => ({ calls: state.twilioCalls.list() }))

    app.put('/phones', { schema: { body: Type.Array(Phone) } }, async ({ body }) => {
      for (const phone of body) state.twilioLine.phones.set(phone.number, phone)
      return { phones: [...state.twilioLine.phones.values()] }
    })

    app.get('/phones', async () => ({ phones: [...state.twilioLine.phones.values()] }))

    app.post('/messages', { schema: { body: Inbound } }, ({ body }) => state.twilioLine.messages.receive(body))

    app.get('/made', async () => madeCounts(state.twilio))

    app.get('/account', async () => ({
      calls: state.twilio.calls.list(),
      messages: state.twilio.messages.list(),
      conferences: state.twilio.conferences.list(),
      recordings: state.twilio.recordings.list(),
      callbacks: state.twilioLine.callbacks.counts(),
      live: state.twilioLine.live()
    }))

    app.get(
      '/recordings/:sid/words',
      { schema: { params: Type.Object({ sid: Type.String() }) } },
      ({ params }, reply) => {
        const recording = state.twilio.recordings.get(params.sid)
        if (recording !== undefined) return { words: recording.said }
        return reply.code(404).send({ error: `The account has no recording "${params.sid}".` })
      }
    )
  }
