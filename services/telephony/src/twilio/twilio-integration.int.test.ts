import { createCircuit } from '@leadlog/outbound'
import { createSimulators } from '@leadlog/simulators'
import { createTwilioClient, type TwilioConnection } from '@leadlog/twilio/rest'
import t from 'tap'
import { twilioIntegration } from './twilio-integration.ts'

const ACCOUNT = 'AC00000000000000000000000000000001'
const { signal } = new AbortController()

void t.test('people see whether the account is set up, and whether it may be used', async (t) => {
  const { app, state } = await createSimulators()
  t.teardown(() => app.close())
  const baseUrl = `${await app.listen({ host: '127.0.0.1', port: 0 })}/twilio`
  const config = { twilioAccountSid: ACCOUNT, twilioApiUrl: baseUrl }
  const connected = (token: string) => {
    const options = { accountSid: ACCOUNT, authTokens: [token], baseUrl, privateHosts: ['127.0.0.1'] }
    const circuit = createCircuit({ vendor: 'twilio' })
    const twilio = createTwilioClient({ ...options, circuit })
    t.teardown(() => twilio.close())
    return twilioIntegration(config, { twilio, circuit })
  }
  const ours = connected('simulated-twilio-auth-token-0001')
  t.match(ours, { inUse: true, address: baseUrl, secrets: ['TWILIO_AUTH_TOKEN'], posts: false })
  t.equal(ours.circuit?.(), 'closed')
  t.equal(await ours.call({ signal }), 'The account "Simulated account" is active')
  t.equal(state.twilio.calls.list().length, 0, 'nobody is called')
  await t.rejects(connected('wrong').call({ signal }), { code: 'TWILIO_20003' })
  state.faults.set([{ vendor: 'twilio', kind: 'error', code: '500' }])
  await t.rejects(ours.call({ signal }), { code: 'OUTBOUND_SERVER_ERROR' })
  const suspended = { account: async () => ({ friendlyName: 'Ours', status: 'suspended', type: 'Full' }) }
  const twilio = { inLane: () => suspended } as unknown as TwilioConnection
  await t.rejects(
    twilioIntegration(config, { twilio, circuit: createCircuit({ vendor: 'twilio' }) }).call({ signal }),
    { code: 'TELEPHONY_ACCOUNT_NOT_ACTIVE', message: /suspended/ }
  )

  t.match(twilioIntegration(config, null), { inUse: false, because: /^TWILIO_AUTH_TOKEN is not set/, address: null })
  t.match(twilioIntegration({ ...config, twilioAccountSid: undefined }, null), {
    inUse: false,
    because: /^TWILIO_ACCOUNT_SID is not set/
  })
})
