import { eventually, testNats } from '@leadlog/testing'
import t from 'tap'
import { openEventLog, startHandler } from '../index.ts'
import { handlerAttention } from './handler-attention.ts'

const logger = { debug() {}, info() {}, warn() {}, error() {} }

void t.test('whether a handler is attended is seen by its service', async (t) => {
  const { url, prefix } = await testNats(t)
  const log = await openEventLog({ servers: url, prefix, name: 'test', logger })
  t.teardown(() => log.close())
  await log.ensureStreams()
  const start = (service: string) =>
    startHandler(log, {
      service,
      handler: 'follow',
      stream: 'EVENTS',
      subjects: ['evt.>'],
      concurrency: 1,
      retryDelaysMs: [5],
      handle: async () => undefined
    })
  const [crm, sync] = [await start('crm'), await start('crm-sync')]
  const attended = async () =>
    Object.fromEntries(
      (await handlerAttention(log, ['crm', 'crm-sync', 'ingest'])).map((one) => [
        `${one.service} ${one.handler}`,
        one.attended
      ])
    )
  const wanted = (expected: Record<string, boolean>) =>
    eventually(
      async () =>
        JSON.stringify(Object.entries(await attended()).sort()) === JSON.stringify(Object.entries(expected).sort())
    )
  t.ok(await wanted({ 'crm follow': true, 'crm-sync follow': true }))
  await sync.stop()
  t.ok(await wanted({ 'crm follow': true, 'crm-sync follow': false }))
  await crm.stop()
})
