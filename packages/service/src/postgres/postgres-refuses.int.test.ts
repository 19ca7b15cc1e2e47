import { randomBytes } from 'node:crypto'
import { asSealedText, WebhookReceived } from '@leadlog/contracts'
import { openEventLog, type EventLog } from '@leadlog/event-log'
import { column, defineProjection } from '@leadlog/projections'
import { ageingProxy, eventually, isolatedNats, testDatabase, testNats, type TestContext } from '@leadlog/testing'
import pg from 'pg'
import t from 'tap'
import { createLogger } from '../logger.ts'
import { defineService } from '../manifest.ts'
import { startService } from '../start-service.ts'

const logger = createLogger({ service: 'counter', level: 'silent' })

const counted = defineProjection({
  name: 'counted',
  version: 1,
  table: 'shop.counted',
  columns: { id: column.text({ primaryKey: true }), provider: column.text(), times: column.integer() },
  on: [WebhookReceived],
  streams: { [WebhookReceived.type]: 'INGEST' },
  key: (event) => event.id,
  evolve: {
    [WebhookReceived.type]: (row, event, id) => ({ id, provider: event.data.provider, times: (row?.times ?? 0) + 1 })
  }
})

const counter = defineService({
  name: 'counter',
  description: 'Counts webhooks.',
  defaultPort: 0,
  config: {},
  uses: { postgres: true, redis: false },
  setup: () => ({}),
  reactors: [],
  projections: [counted]
})

async function startCounter(t: TestContext, servers: { natsUrl: string; prefix: string; databaseUrl: string }) {
  const service = await startService(counter, {
    environment: {
      NATS_URL: servers.natsUrl,
      NATS_PREFIX: servers.prefix,
      DATABASE_URL: servers.databaseUrl,
      LEADLOG_MASTER_KEY: randomBytes(32).toString('base64'),
      COUNTER_PORT: '0'
    },
    logger
  })
  t.teardown(() => service.stop())
  const get = async (route: string) => {
    const answer = await fetch(`${service.url}/${route}`)
    return { status: answer.status, text: await answer.text() }
  }
  return { readyz: () => get('readyz'), metrics: async () => (await get('metrics')).text }
}

function receive(log: EventLog, id: string) {
  return log.appendWebhook({
    eventId: id,
    provider: 'calendly',
    body: asSealedText('sealed'),
    data: {
      provider: 'calendly',
      eventType: 'invitee.created',
      externalId: id,
      idempotencyKey: `calendly:invitee.created:${id}`,
      receivedAt: '2026-11-18T09:00:00.000Z',
      disposition: 'accepted',
      ignoredBecause: null,
      verdict: { scheme: 'calendly-hmac-sha256', verifiedAt: '2026-11-18T09:00:00.000Z' },
      contentType: 'application/json',
      size: 6,
      digest: '0'.repeat(64),
      keyId: 'day-2026-11-18'
    }
  })
}

/** Lets the server refuse every row of the table with an error of its own, as one with a full disk does. */
async function refuseRows(client: pg.Client, state: string, words: string): Promise<void> {
  await client.query(`
    create or replace function shop.refuse() returns trigger language plpgsql as
      $$ begin raise exception using errcode = '${state}', message = '${words}'; end $$`)
  await client.query(
    `create trigger refuse before insert or update on shop.counted for each row execute function shop.refuse()`
  )
}

const REFUSALS = [
  ['53100', 'could not extend file "base/5/16396": No space left on device', 'full', /has no space left on its disk/],
  ['53200', 'out of memory', 'memory', /has no memory left/],
  ['25006', 'cannot execute INSERT in a read-only transaction', 'read-only', /takes no writes/],
  ['58030', 'could not write block 3 of file "base/5/16396": Input/output error', 'broken-disk', /cannot use its disk/]
] as const

void t.test('a Postgres that refuses is named, nothing is parked, and the read model goes on by itself', async (t) => {
  const [nats, { url: databaseUrl }] = await Promise.all([testNats(t), testDatabase(t)])
  const service = await startCounter(t, { natsUrl: nats.url, prefix: nats.prefix, databaseUrl })
  const log = await openEventLog({ servers: nats.url, prefix: nats.prefix, name: 'test', logger })
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  t.teardown(async () => (await log.close(), client.end()))
  const count = async () =>
    (await client.query<{ n: number; most: number }>('select count(*)::int as n, max(times) as most from shop.counted'))
      .rows[0]

  await receive(log, 'before')
  await eventually(async () => (await count())?.n === 1)
  let expected = 1
  for (const [state, words, reason, named] of REFUSALS) {
    await refuseRows(client, state, words)
    for (let index = 0; index < 10; index++) await receive(log, `${state}-${String(index)}`)
    const { status, text } = await eventually(async () => {
      const answer = await service.readyz()
      return answer.text.includes(state) ? answer : null
    })
    t.equal(status, 503)
    t.match(text, named)
    t.match(JSON.parse(text), {
      dependencies: {
        postgres: { ok: false, detail: /waits and is tried again .* nothing is lost.*postgres-full\.md/ }
      }
    })
    t.match(await service.metrics(), new RegExp(`leadlog_postgres_refused\\{[^}]*reason="${reason}"[^}]*\\} 1`))
    t.equal((await count())?.n, expected, 'nothing of the batch is there')
    await client.query('drop trigger refuse on shop.counted')
    expected += 10
    await eventually(async () => (await count())?.n === expected)
  }
  t.strictSame(await count(), { n: expected, most: 1 }, 'each once')
  t.strictSame((await client.query('select * from projections.parked')).rows, [])
  t.equal(await log.lastSequence('DEAD_LETTERS'), 0)
})

void t.test('a service is not ready while NATS is too old, says so, and is ready again with a newer one', async (t) => {
  const [nats, { url: databaseUrl }] = await Promise.all([isolatedNats(t), testDatabase(t)])
  const proxy = await ageingProxy(t, nats.url)
  const service = await startCounter(t, { natsUrl: proxy.url, prefix: '', databaseUrl })
  t.equal((await service.readyz()).status, 200)
  proxy.pretend('2.11.9')
  const { status, text } = await eventually(async () => {
    const answer = await service.readyz()
    return answer.text.includes('2.11.9') ? answer : null
  })
  t.equal(status, 503)
  t.match(JSON.parse(text), {
    dependencies: { nats: { ok: false, detail: /2\.11\.9; 2\.12\.1 or newer is required.*Upgrade nats-server/ } }
  })
  t.match(await service.metrics(), /leadlog_nats_connected\{[^}]*\} 0/)
  proxy.pretend(null)
  await eventually(async () => (await service.readyz()).status === 200)
  t.match(await service.metrics(), /leadlog_nats_connected\{[^}]*\} 1/)
})
