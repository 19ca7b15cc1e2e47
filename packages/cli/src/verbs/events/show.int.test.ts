import { t } from 'tap'
import { runInTest } from '../../fixtures/run-in-test.ts'
import { adasDay, toldSystem } from '../../fixtures/told-system.ts'

void t.test('an event is shown without personal data, and with them only when asked', async (t) => {
  const system = await toldSystem(t)
  const day = adasDay(system.keyring)
  await system.tell(day.story.events)
  await system.level()

  const run = await runInTest(['events', 'show', day.booked.id], system)
  t.equal(run.exitCode, 0)
  t.match(run.stdout, `because of    ${day.webhook.id}`)
  t.match(run.stdout, '"customer": "[redacted]"')
  t.notMatch(run.stdout, /lovelace/i)

  const { LEADLOG_MASTER_KEY: _key, ...withoutKey } = system.environment
  t.equal((await runInTest(['events', 'show', day.booked.id], { environment: withoutKey })).exitCode, 0, 'needs no key')
  const refused = await runInTest(['events', 'show', day.booked.id, '--reveal'], { environment: withoutKey })
  t.equal(refused.exitCode, 6)
  t.match(refused.stderr, /LEADLOG_MASTER_KEY is not set/)

  const revealed = await runInTest(['events', 'show', 'EVENTS:1', '--reveal', '--json'], system)
  t.match(revealed.json(), { event: { id: day.booked.id, data: { customer: { email: day.ada.customer.email } } } })
  t.equal((await runInTest(['events', 'show', 'EVENTS:9999'], system)).exitCode, 3)
})

void t.test('the body of a webhook is shown as it was sent', async (t) => {
  const system = await toldSystem(t)
  const { story, webhook } = adasDay(system.keyring)
  const body = await system.keyring.sealBytes(
    webhook.data.keyId,
    Buffer.from('{"event":"invitee.created"}'),
    `webhook/${webhook.id}`
  )
  await system.tell(
    story.events.map((event) => (event === webhook ? { ...webhook, data: { ...webhook.data, body } } : event))
  )
  t.match((await runInTest(['events', 'show', webhook.id, '--reveal', '--json'], system)).json(), {
    payload: { event: 'invitee.created' }
  })
  const sealed = await runInTest(['events', 'show', webhook.id], system)
  t.notMatch(sealed.stdout, body)
})
