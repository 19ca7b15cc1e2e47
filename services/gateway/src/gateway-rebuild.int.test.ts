import { isDeepStrictEqual } from 'node:util'
import type { RecordedEvent } from '@leadlog/contracts'
import {
  compareTables,
  discardTable,
  foldAsOf,
  rebuildProjections,
  requireFold,
  rowTypes,
  runProjections,
  tableChecksum,
  type Projection
} from '@leadlog/projections'
import { createLogger } from '@leadlog/service'
import { eventually, testDatabase } from '@leadlog/testing'
import fc from 'fast-check'
import pg from 'pg'
import t from 'tap'
import { bookedLead } from './fixtures/booking-story.ts'
import { failOnce, giveUp } from './fixtures/failure-story.ts'
import { draft, item, send } from './fixtures/invoice-story.ts'
import { hold, qualify, reschedule, supersede } from './fixtures/meeting-story.ts'
import { memoryLog, type MemoryLog } from './fixtures/memory-log.ts'
import { person } from './fixtures/people.ts'
import { createStory } from './fixtures/story.ts'
import { gatewayProjections } from './gateway-projections.ts'
import { leads } from './leads/leads.projection.ts'

const logger = createLogger({ service: 'gateway', level: 'silent' })
const models = gatewayProjections.map(requireFold)
const STARTS_AT = '2026-11-20T10:00:00.000Z'
const LEVEL_WITHIN_MS = 60_000
const CUTS = 4

/** Three leads: one booked, one whose meeting was moved and held, one that failed on the way. */
function toldStories(): readonly RecordedEvent[] {
  const story = createStory('2026-11-18T09:00:00.000Z')
  const [ada, grace, edith] = [person('Ada', 'Lovelace'), person('Grace', 'Hopper'), person('Edith', 'Clarke')]
  bookedLead(story, ada, { startsAt: STARTS_AT })
  const { meetingId, uri } = bookedLead(story, grace, { startsAt: STARTS_AT })
  reschedule(story, grace, { meetingId, uri: `${uri}-2`, previousUri: uri, startsAt: STARTS_AT })
  supersede(story, grace, { meetingId, uri, byUri: `${uri}-2` })
  qualify(story, grace, hold(story, grace, { meetingId, sessionId: 's1', startedAt: STARTS_AT }))
  const { firstWrite } = bookedLead(story, edith, { startsAt: STARTS_AT })
  if (firstWrite) failOnce(story, firstWrite, 1)
  if (firstWrite) giveUp(story, firstWrite, 2)
  const workshop = item(story, 'Workshop', 49_900)
  draft(story, ada, 'i1', { itemId: workshop })
  send(story, ada, 'i1', 1)
  return story.events
}

function logOf(events: readonly RecordedEvent[]): MemoryLog {
  const log = memoryLog()
  log.append(events)
  return log
}

async function testPool(t: Parameters<typeof testDatabase>[0]): Promise<pg.Pool> {
  const pool = new pg.Pool({ connectionString: (await testDatabase(t)).url, max: 6 })
  // A pool has ended before its connections are closed; the end of the database may reach them first.
  pool.on('error', () => undefined)
  t.teardown(() => pool.end())
  return pool
}

async function rebuiltRows(pool: pg.Pool, { table, columns, keyColumn }: Projection): Promise<Map<string, object>> {
  const names = columns.map(({ name }) => `"${name}"`).join(', ')
  const text = `select ${names} from "${table.schema}"."${table.name}__rebuild"`
  const { rows } = await pool.query<Record<string, unknown>>({ text, types: rowTypes })
  return new Map(rows.map((row) => [String(row[keyColumn]), { ...row }]))
}

/** The stream that a sequence given to `foldAsOf` is of. */
function mainStream({ subscriptions }: Projection): string {
  const streams = subscriptions.map(({ stream }) => stream)
  return streams.includes('EVENTS') ? 'EVENTS' : (streams[0] ?? '')
}

void t.test('every read model as of a sequence is what a rebuild up to there builds', async (t) => {
  const pool = await testPool(t)
  const events = toldStories()
  const whole = logOf(events)
  const property = fc.asyncProperty(fc.integer({ min: 1, max: events.length }), async (cut) => {
    for (const main of new Set(models.map(mainStream))) {
      const upTo = events.slice(0, cut).findLast(({ stream }) => stream === main)
      if (!upTo) continue
      const chosen = models.filter((model) => mainStream(model) === main)
      const source = logOf(events.slice(0, events.indexOf(upTo) + 1))
      await rebuildProjections({ projections: chosen, source, pool, logger })
      for (const projection of chosen) {
        const asOf = await foldAsOf({ projection, source: whole, untilSequence: upTo.sequence })
        const rows = new Map([...asOf.rows].map(([key, row]) => [key, { ...row }]))
        const rebuilt = await rebuiltRows(pool, projection)
        if (!isDeepStrictEqual(rows, rebuilt)) {
          const [wanted, found] = [rows, rebuilt].map((map) => JSON.stringify([...map.values()]))
          throw new Error(`${projection.name} at ${main} ${upTo.sequence}: ${found ?? ''} instead of ${wanted ?? ''}`)
        }
      }
      for (const model of chosen) await discardTable(pool, model, 'rebuild')
    }
  })
  const checked = fc.assert(property, { numRuns: CUTS, examples: [[events.length]], includeErrorInReport: true })
  await t.resolves(checked)
})

void t.test('all rebuilt at once equal the live ones; one changed on purpose shows its rows and columns', async (t) => {
  const pool = await testPool(t)
  const source = logOf(toldStories())
  const running = await runProjections({ source, pool, projections: models, logger })
  t.teardown(() => running.stop())
  for (const stream of ['EVENTS', 'INGEST', 'DEAD_LETTERS']) {
    t.ok(await running.waitFor(stream, await source.lastSequence(stream), LEVEL_WITHIN_MS))
  }
  await rebuildProjections({ projections: models, source, pool, logger })
  for (const { table } of models) {
    const rebuilt = await tableChecksum(pool, { ...table, name: `${table.name}__rebuild` })
    t.strictSame(await tableChecksum(pool, table), rebuilt, table.name)
  }

  const original = requireFold(leads)
  const changed: Projection = {
    ...original,
    version: original.version + 1,
    evolve: (row, event, key) => {
      const next = original.evolve(row, event, key)
      return next && { ...next, demo_timezone: 'UTC' }
    }
  }
  await rebuildProjections({ projections: [changed], source, pool, logger })
  const comparison = await compareTables({ projection: changed, source, pool, logger })
  t.match(comparison, { equal: false, added: 0, removed: 0, changed: 3, changedByColumn: { demo_timezone: 3 } })
  t.strictSame(Object.keys(comparison.changedByColumn), ['demo_timezone'])
  t.match(comparison.samples[0], {
    kind: 'changed',
    columns: [{ column: 'demo_timezone', live: 'Europe/Berlin', rebuilt: 'UTC' }]
  })
})

void t.test('what the streams have lost is forgotten: live read models still equal rebuilt ones', async (t) => {
  const pool = await testPool(t)
  const source = logOf(toldStories())
  const running = await runProjections({ source, pool, projections: models, logger, forgetEveryMs: 20 })
  t.teardown(() => running.stop())
  for (const stream of ['EVENTS', 'INGEST', 'DEAD_LETTERS'])
    t.ok(await running.waitFor(stream, await source.lastSequence(stream), LEVEL_WITHIN_MS))
  const received = async () =>
    (await pool.query('select 1 from gateway.received_events where provider is not null')).rowCount
  t.equal(await received(), await source.lastSequence('INGEST'))
  const lastReceived = await source.lastSequence('INGEST')
  source.expire('INGEST', lastReceived)
  source.expire('DEAD_LETTERS', (await source.lastSequence('DEAD_LETTERS')) + 1)
  await rebuildProjections({ projections: models, source, pool, logger })
  for (const { table } of models) {
    const rebuilt = await tableChecksum(pool, { ...table, name: `${table.name}__rebuild` })
    await eventually(async () => isDeepStrictEqual(await tableChecksum(pool, table), rebuilt))
  }
  t.equal(await received(), 1, 'the newest webhook is still there')
  const { rows } = await pool.query('select 1 from gateway.dead_letters')
  t.strictSame(rows, [])
})
