import { eventually, isolatedNats } from '@leadlog/testing'
import { jetstreamManager } from '@nats-io/jetstream'
import t from 'tap'
import { keepingLogger, openTestLog } from '../fixtures/open-test-log.ts'
import { webhook } from '../fixtures/webhook.ts'

void t.test('a full log refuses by name, loses nothing, and goes on when there is room', async (t) => {
  const server = await isolatedNats(t, { maxFileStore: '1MB' })
  const logger = keepingLogger()
  const log = await openTestLog(t, { servers: server.url, logger })
  const manager = await jetstreamManager(log.connection)
  await manager.streams.add({ name: 'OTHER', subjects: ['other'] })
  log.connection.publish('other', new Uint8Array(400_000))
  await log.connection.flush()

  const stored: string[] = []
  const refused: string[] = []
  for (let index = 0; index < 120; index++) {
    const sent = [`a${index}`, `b${index}`]
    const results = await Promise.allSettled(sent.map((id) => log.appendWebhook(webhook(id, 'x'.repeat(5_000)))))
    for (const [place, result] of results.entries()) {
      if (result.status === 'fulfilled') stored.push(sent[place] ?? '')
      else {
        refused.push(sent[place] ?? '')
        t.match(result.reason, { code: 'EVENT_LOG_FULL', countsAsAttempt: false, message: /10\d{3}/ })
      }
    }
  }
  t.ok(stored.length > 20 && refused.length > 20, `${stored.length} stored, ${refused.length} refused`)
  t.match(log.refusals(), [{ stream: 'INGEST', reason: 'full', detail: /no space left for INGEST.*disk-full\.md/ }])
  const errors = logger.lines.filter(({ level }) => level === 'error')
  t.equal(errors.length, 1, 'said once, not per message')
  for (const id of stored) t.match(await log.getLast('INGEST', `in.calendly.${id}`), { id })
  for (const id of refused) t.equal(await log.getLast('INGEST', `in.calendly.${id}`), null)

  await manager.streams.delete('OTHER')
  const again = refused.slice(0, 20)
  for (const id of again) {
    const result = await eventually(() => log.appendWebhook(webhook(id, 'x'.repeat(5_000))).catch(() => null))
    t.match(result, { duplicate: false })
    t.match(await log.appendWebhook(webhook(id, 'x'.repeat(5_000))), { duplicate: true })
  }
  t.equal(await log.lastSequence('INGEST'), stored.length + again.length)
  t.same(log.refusals(), [])
  t.match(logger.lines.at(-1), { level: 'info', message: 'the stream stores again' })
})
