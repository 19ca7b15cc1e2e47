import { randomBytes } from 'node:crypto'
import { PermanentError, WebhookReceived, type RecordedEvent } from '@leadlog/contracts'
import { openEventLog, type EventLog } from '@leadlog/event-log'
import { createLogger, defineReactor, defineService, startService } from '@leadlog/service'
import { eventually, testNats, type TestContext } from '@leadlog/testing'
import t from 'tap'
import { canaryRedrive, discardDeadLetter, type DeadLetterPlace } from './index.ts'

const logger = createLogger({ service: 'meetings', level: 'silent' })

/** A service that handles webhooks, or does not, as the test says. */
async function start(t: TestContext, outside: { ask: () => void }) {
  const { url, prefix } = await testNats(t)
  const follow = defineReactor({
    name: 'translate',
    on: [WebhookReceived],
    emits: [],
    concurrency: 4,
    handle: async (_event, deps: { ask: () => void }) => deps.ask()
  })
  const running = await startService(
    defineService({
      name: 'meetings',
      description: 'Stands in for a service.',
      defaultPort: 0,
      config: {},
      uses: { postgres: false, redis: false },
      setup: () => outside,
      reactors: [follow],
      simulate: () => ({ ask: () => undefined }),
      projections: []
    }),
    {
      environment: {
        NATS_URL: url,
        NATS_PREFIX: prefix,
        MEETINGS_PORT: '0',
        LEADLOG_MASTER_KEY: randomBytes(32).toString('base64'),
        RETRY_DELAYS_SECONDS: '0.01'
      },
      logger
    }
  )
  const log = await openEventLog({ servers: url, prefix, name: 'operator', logger })
  t.teardown(async () => {
    await running.stop()
    await log.close()
  })
  return log
}

async function receive(log: EventLog, count: number): Promise<void> {
  for (let index = 0; index < count; index++) {
    const id = `webhook${index}`
    await log.record({
      stream: 'INGEST',
      subject: `in.test.${id}`,
      id,
      definition: WebhookReceived,
      aggregateId: id,
      data: {
        provider: 'test',
        eventType: 'made',
        externalId: id,
        idempotencyKey: id,
        receivedAt: '2026-11-18T09:00:00.000Z',
        disposition: 'accepted',
        ignoredBecause: null,
        verdict: { scheme: 'none', verifiedAt: '2026-11-18T09:00:00.000Z' },
        contentType: 'application/json',
        size: 2,
        digest: '0'.repeat(64),
        keyId: 'day-2026-11-18',
        body: 'enc1.sealed'
      },
      actor: 'provider:test',
      cause: { id, correlationId: id }
    })
  }
}

async function all(log: EventLog): Promise<RecordedEvent[]> {
  const events = await Promise.all(
    Array.from({ length: await log.lastSequence('DEAD_LETTERS') }, (_, index) => log.get('DEAD_LETTERS', index + 1))
  )
  return events.filter((event) => event !== null)
}

const lettersOf = (events: readonly RecordedEvent[]) => events.filter(({ type }) => type === 'ops.DeadLettered.v1')
const placeOf = ({ id, sequence }: RecordedEvent): DeadLetterPlace => ({ id, sequence, service: 'meetings' })

void t.test('a group of a running service: stopped while it is broken, through when it is mended', async (t) => {
  let broken = true
  let asked = 0
  const log = await start(t, {
    ask: () => {
      asked += 1
      if (broken) throw new PermanentError('MEETINGS_BROKEN', 'it is broken')
    }
  })
  await receive(log, 12)
  const dead = await eventually(async () => {
    const found = lettersOf(await all(log))
    return found.length === 12 ? found : null
  })
  const { fingerprint } = dead[0]?.data as { fingerprint: string }
  const letters = dead.map(placeOf)
  const [discarded, ...others] = letters
  if (!discarded) throw new Error('there are twelve')
  const actor = 'user:ada'

  asked = 0
  const stopped = await canaryRedrive(log, { letters, fingerprint, runId: 'first', actor })
  t.match(stopped, { simulated: 12, failedAgain: 1, remaining: 11, stopped: { because: 'same-failure' } })
  t.equal(asked, 1, 'one was tried live')

  t.same(await discardDeadLetter(log, discarded, { actor, key: '1', reason: 'a test' }), { kind: 'ok' })
  broken = false
  const done = await canaryRedrive(log, { letters, fingerprint, runId: 'second', actor, batchSize: 4 })
  t.match(done, { resolved: 11, refused: 1, remaining: 0, stopped: null }, 'that one was closed meanwhile')
  t.equal(asked, 12)
  const again = await canaryRedrive(log, { letters, fingerprint, runId: 'second', actor, batchSize: 4 })
  t.match(again, { resolved: 11, refused: 1 }, 'the same run finds what it did')
  t.equal(asked, 12)

  const events = await all(log)
  const closed = events.filter(({ type }) => type === 'ops.DeadLetterResolved.v1')
  t.same(
    new Set(closed.map(({ data }) => (data as { deadLetterId: string }).deadLetterId)),
    new Set(others.map(({ id }) => id))
  )
  t.ok(closed.every((event) => event.actor === actor))
  t.same(
    events.filter(({ type }) => type.startsWith('ops.Redrive')).map(({ type }) => type.split('.')[1]),
    ['RedriveStarted', 'RedriveStopped', 'RedriveStarted', 'RedriveCompleted', 'RedriveStarted', 'RedriveCompleted']
  )
})
