import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { SimulatorSecrets } from '../config.ts'
import type { SimulatorState } from '../state.ts'
import { CallScript } from './call-script.ts'
import { runCall } from './scripted-call.ts'
import { keptCall } from './twilio-calls.ts'

/** Somebody calls one of the account's numbers. The answer comes when the call is over, with how it went. */
export const callRoutes =
  (state: SimulatorState, secrets: SimulatorSecrets): FastifyPluginAsyncTypebox =>
  async (app) => {
    let calls = 0

    app.post('/calls', { schema: { body: CallScript } }, async ({ body }) => {
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
  }
