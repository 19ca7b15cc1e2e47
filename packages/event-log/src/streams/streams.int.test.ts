import { testNats } from '@leadlog/testing'
import { jetstreamManager, type StreamConfig } from '@nats-io/jetstream'
import t from 'tap'
import type { EventLog } from '../event-log.ts'
import { keepingLogger, openTestLog } from '../fixtures/open-test-log.ts'
import { webhook } from '../fixtures/webhook.ts'
import { openEventLog } from '../open-event-log.ts'

/** Changes a stream by hand, as an operator with the `nats` tool would. */
async function changed(log: EventLog, stream: string, fields: Partial<StreamConfig>): Promise<string> {
  const manager = await jetstreamManager(log.connection)
  const name = log.naming.stream(stream)
  await manager.streams.update(name, { ...(await configOf(log, stream)), ...fields })
  return name
}

async function configOf(log: EventLog, stream: string): Promise<StreamConfig> {
  return (await (await jetstreamManager(log.connection)).streams.info(log.naming.stream(stream))).config
}

void t.test('streams are created once; one that differs is named field by field and mended', async (t) => {
  const log = await openTestLog(t)
  await log.ensureStreams()
  t.same(await log.applyStreams(), [], 'nothing to do')

  const name = await changed(log, 'COMMANDS', { max_age: 0, retention: 'interest' })
  await changed(log, 'TIMERS', { description: 'another text' })
  await t.rejects(log.ensureStreams(), {
    code: 'EVENT_LOG_STREAM_DRIFT',
    message: new RegExp(
      `${name}.retention is "interest", should be "limits"; ${name}.max_age is 0, should be \\d+. Nothing was changed.*streams diff.*streams apply`
    )
  })
  t.equal((await configOf(log, 'TIMERS')).description, 'another text', 'not even what a start mends by itself')
  t.match(await log.applyStreams(), [
    { stream: name, action: 'updated', differences: { length: 2 } },
    { stream: log.naming.stream('TIMERS') }
  ])
  await log.ensureStreams()

  t.match(await configOf(log, 'EVENTS'), { deny_delete: true, deny_purge: true, max_age: 0, allow_atomic: true })
  await t.rejects((await jetstreamManager(log.connection)).streams.purge(log.naming.stream('EVENTS')))
})

void t.test('streams of an older release are widened by a start and keep what they hold', async (t) => {
  const log = await openTestLog(t, { logger: keepingLogger() })
  await log.appendWebhook(webhook('before'))
  await changed(log, 'COMMANDS', { subjects: [log.naming.subject('cmd.>')], description: 'of the release before' })
  await changed(log, 'INGEST', { allow_direct: false, max_age: 3_600_000_000_000, max_msgs: 10_000 })
  await log.ensureStreams()
  t.same(await log.diffStreams().then((all) => all.filter(({ differences }) => differences.length > 0)), [])
  t.match(await log.getLast('INGEST', 'in.calendly.before'), { id: 'before' })
  const { lines } = log.logger as ReturnType<typeof keepingLogger>
  t.match(lines, [
    { level: 'info', fields: { fields: ['max_age', 'max_msgs', 'allow_direct'] }, message: /widened/ },
    { level: 'info', fields: { fields: ['subjects', 'description'] }, message: /widened/ }
  ])
})

void t.test('a release before finds the subjects of a newer one, and leaves them', async (t) => {
  const log = await openTestLog(t)
  const subjects = [...(await configOf(log, 'COMMANDS')).subjects, log.naming.subject('of-tomorrow.>')]
  await changed(log, 'COMMANDS', { subjects, max_msgs: 10 })
  await log.ensureStreams()
  t.same((await configOf(log, 'COMMANDS')).subjects.toSorted(), subjects.toSorted())
  t.equal((await configOf(log, 'COMMANDS')).max_msgs, -1)
})

void t.test('what the server cannot change in place is said so, and where to read on', async (t) => {
  const { url, prefix } = await testNats(t)
  const log = await openEventLog({ servers: url, prefix, name: 'test', logger: keepingLogger() })
  t.teardown(() => log.close())
  const manager = await jetstreamManager(log.connection)
  const name = log.naming.stream('INGEST')
  await manager.streams.add({ name, subjects: [log.naming.subject('in.>')], storage: 'memory', deny_delete: true })
  await t.rejects(log.ensureStreams(), {
    code: 'EVENT_LOG_STREAM_DRIFT',
    message:
      /storage is "memory", should be "file".*INGEST.storage, .*INGEST.deny_delete cannot be changed.*stream-drift\.md/
  })
  // Others of this file may still be there, under prefixes of their own.
  const own = (await manager.streams.names().next()).filter((each) => each.includes(prefix))
  t.same(own, [name], 'and no other stream was made beside it')
  await t.rejects(log.applyStreams(), { code: 'EVENT_LOG_STREAM_DRIFT', message: /cannot be changed in place/ })
})

void t.test('a stream that is being restored keeps services from starting', async (t) => {
  const log = await openTestLog(t)
  await changed(log, 'EVENTS', { description: 'Restore not finished: start no service. From backup x' })
  await t.rejects(log.ensureStreams(), { code: 'EVENT_LOG_STREAM_DRIFT', message: /start no service/ })
})

void t.test('whatever drifts by hand is widened or named, and what is stored stays', async (t) => {
  const { url, prefix } = await testNats(t)
  const logger = keepingLogger()
  const log = await openEventLog({ servers: url, prefix, name: 'test', logger })
  t.teardown(() => log.close())
  await log.ensureStreams()
  await log.appendWebhook(webhook('kept'))
  // Without a reader the server itself drops what a stream holds when somebody gives it retention by interest.
  const manager = await jetstreamManager(log.connection)
  await manager.consumers.add(log.naming.stream('INGEST'), { durable_name: 'reader', ack_policy: 'explicit' })
  const wanted = await configOf(log, 'INGEST')
  const minute = 60_000_000_000
  const drifts: readonly { fields: Partial<StreamConfig>; said: RegExp | 'widened' }[] = [
    {
      fields: { subjects: [log.naming.subject('in.calendly.>')] },
      said: /INGEST\.subjects is \[.*\], should be \[.*\]\. Nothing was changed/
    },
    { fields: { duplicate_window: minute / 2 }, said: 'widened' },
    { fields: { max_age: wanted.max_age / 2 }, said: 'widened' },
    {
      fields: { duplicate_window: 30 * minute },
      said: /INGEST\.duplicate_window is \d+, should be \d+\. Nothing was changed.*streams apply/
    },
    {
      fields: { retention: 'interest' },
      said: /INGEST\.retention is "interest", should be "limits"\. Nothing was changed/
    },
    { fields: { discard: 'new', max_msgs: 10 }, said: /INGEST\.discard is "new", should be "old"/ }
  ]
  for (const { fields, said } of drifts) {
    await changed(log, 'INGEST', fields)
    if (said === 'widened') await log.ensureStreams()
    else {
      const before = await configOf(log, 'INGEST')
      await t.rejects(log.ensureStreams(), { code: 'EVENT_LOG_STREAM_DRIFT', message: said })
      t.strictSame(await configOf(log, 'INGEST'), before, 'a refusal changes nothing')
      await log.applyStreams()
    }
    t.strictSame(await configOf(log, 'INGEST'), wanted, Object.keys(fields).join(', '))
    t.match(await log.getLast('INGEST', 'in.calendly.kept'), { id: 'kept' })
    t.equal(await log.lastSequence('INGEST'), 1)
  }
  const three = await openEventLog({ servers: url, prefix, name: 'test', logger, replicas: 3 })
  t.teardown(() => three.close())
  const replicas = /INGEST\.num_replicas is 1, should be 3.*Nothing was changed.*streams apply/
  await t.rejects(three.ensureStreams(), { code: 'EVENT_LOG_STREAM_DRIFT', message: replicas })
  await t.rejects(three.applyStreams(), {
    code: 'EVENT_LOG_STREAM_DRIFT',
    message: /cannot be changed in place \(num_replicas\)/
  })
  t.match(await log.getLast('INGEST', 'in.calendly.kept'), { id: 'kept' })
})
