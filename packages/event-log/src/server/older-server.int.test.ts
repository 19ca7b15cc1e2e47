import { ageingProxy, eventually, isolatedNats } from '@leadlog/testing'
import t from 'tap'
import { newEvent } from '@leadlog/contracts'
import { account, Deposited } from '../fixtures/account-events.ts'
import { keepingLogger, openTestLog } from '../fixtures/open-test-log.ts'
import { webhook } from '../fixtures/webhook.ts'

void t.test('a server that is too old after a reconnection is not written to; a newer one is again', async (t) => {
  const server = await isolatedNats(t)
  const direct = await openTestLog(t, { servers: server.url })
  const proxy = await ageingProxy(t, server.url)
  const logger = keepingLogger()
  const log = await openTestLog(t, { servers: proxy.url, logger })
  const open = (id: string) =>
    log.transact({
      cause: { id: `cause ${id}`, correlationId: 'c' },
      handler: 'test',
      actor: 'user:ada',
      load: [account(id)],
      decide: () => [newEvent(Deposited, id, { amount: 1 })]
    })
  await log.appendWebhook(webhook('before'))
  await open('before')

  const before = { ingest: await direct.lastSequence('INGEST'), events: await direct.lastSequence('EVENTS') }
  proxy.pretend('2.11.9')
  await eventually(() => log.watch.refused)
  t.match(log.watch, { online: false, refused: /2\.11\.9; 2\.12\.1 or newer is required.*Upgrade nats-server/ })
  t.match(log.serverInfo(), { version: '2.11.9' })
  const refusal = { code: 'EVENT_LOG_UNAVAILABLE', countsAsAttempt: false, message: /2\.11\.9.*Upgrade nats-server/ }
  await t.rejects(log.appendWebhook(webhook('meanwhile')), refusal)
  await t.rejects(open('meanwhile'), { code: 'EVENT_LOG_UNAVAILABLE', countsAsAttempt: false })
  proxy.pretend('2.10.0')
  await eventually(() => log.watch.refused?.includes('2.10.0'))
  t.equal(await direct.lastSequence('INGEST'), before.ingest, 'nothing was written')
  t.equal(await direct.lastSequence('EVENTS'), before.events)
  const errors = logger.lines.filter(({ level }) => level === 'error')
  t.match(errors, [{ message: /Nothing is written .*2\.11\.9/ }, { message: /2\.10\.0/ }], 'said once for each server')

  proxy.pretend(null)
  await eventually(() => log.watch.online)
  t.equal(log.watch.refused, null)
  t.match(await log.appendWebhook(webhook('meanwhile')), { duplicate: false })
  t.match(await log.appendWebhook(webhook('before')), { duplicate: true })
  await open('meanwhile')
  t.equal(await direct.lastSequence('INGEST'), before.ingest + 1)
  t.equal(await direct.lastSequence('EVENTS'), before.events + 1)
})
