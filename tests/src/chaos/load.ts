import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import {
  differencesFrom,
  expectedOf,
  generateLoad,
  sendDeliveries,
  type Delivery,
  type SendResult
} from '@leadlog/simulators'
import { crmLeads } from '../system/crm.ts'
import { rebuildAll } from '../system/rebuilds.ts'
import { startTestSystem, type TestSystem } from '../system/test-system.ts'
import { switchFaultsOn } from './faults.ts'
import { keepUp } from './keep-system.ts'
import { startKilling } from './kill-loop.ts'
import { leaveTroubles } from './leave-troubles.ts'
import { seededRandom, shuffled } from './random.ts'

/**
 * Thousands of webhooks, each sent up to three times, shuffled, while vendors fail and one part of the system after
 * another is killed. Prints what it found; exit code 1 where anything is not as it must be.
 * `node infra/local/run.mjs exec tests/src/chaos/load.ts --webhooks 10000 --seed 1`
 *
 * With `--keep` the system then gets into trouble (dead letters, lost webhooks, a row that stands still) and stays up, to
 * be looked at with `leadlog`.
 */
const { values } = parseArgs({
  options: {
    webhooks: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    killEveryMs: { type: 'string', default: '5000' },
    faultRate: { type: 'string', default: '0.1' },
    concurrency: { type: 'string', default: '12' },
    keep: { type: 'boolean', default: false }
  }
})
const wanted = Number(values.webhooks)
const seed = Number(values.seed)
/** A person gives 1.7 webhooks on average. */
const MOST_CUSTOMERS = wanted
const MOST_TIMES = 3
/** A day of sending and settling; it only ends a run that hangs. */
const SETTLE_LIMIT_MS = 3 * 3_600_000
/** A killed ingest takes seconds to come back; a sender insists for minutes. */
const ATTEMPTS = 60

const random = seededRandom(seed)
const system = await startTestSystem({
  environment: {
    LLM_PROVIDER: 'rules',
    CRM_RATE_PER_DAY: '10000000',
    // So that whoever looks at it can change the master key.
    ...(values.keep ? { LEADLOG_MASTER_KEYS_OTHER: randomBytes(32).toString('base64') } : {})
  }
})
let code = 1
try {
  code = (await run(system)) ? 0 : 1
  if (values.keep) {
    await leaveTroubles(system)
    await keepUp(system)
  }
} finally {
  await system.stop()
}
process.exit(code)

async function run(system: TestSystem): Promise<boolean> {
  const load = generateLoad({ customers: MOST_CUSTOMERS, seed: values.seed, secrets: system.secrets })
  const deliveries = wholePeople([...load], wanted)
  const copies = deliveries.flatMap((delivery) =>
    Array.from({ length: 1 + Math.floor(random() * MOST_TIMES) }, () => delivery)
  )
  await switchFaultsOn(system, seed, Number(values.faultRate))
  const killing = startKilling(system, { everyMs: Number(values.killEveryMs), random })
  const began = performance.now()
  const sent = await sendDeliveries(shuffled(copies, random), {
    ingest: system.ingestUrl,
    concurrency: Number(values.concurrency),
    attempts: ATTEMPTS
  })
  const sending = performance.now() - began
  const note = (text: string): void => console.log(`${minutes(performance.now() - began)}  ${text}`)
  note(`${deliveries.length} webhooks sent ${copies.length} times; ${retries(sent)} of them had to be repeated`)
  // Killing goes on while the system works off what it has.
  await system.settled(SETTLE_LIMIT_MS)
  await killing.stop()
  await system.settled(SETTLE_LIMIT_MS)
  note(`settled; sending took ${minutes(sending)}; ${killing.killed.length} killed: ${tally(killing.killed)}`)

  const refused = sent.filter((result) => result.status !== 200)
  const ledger = (await system.read('/v1/ledger')) as Ledger
  const differences = differencesFrom(expectedOf(deliveries), await crmLeads(system))
  const leads = await crmLeads(system)
  const twice = leads.length - new Set(leads.map(({ email }) => email)).size
  const rebuilds = await rebuildAll(system)
  const checks = [
    [`accepted in the end: ${copies.length - refused.length} of ${copies.length}`, refused.length === 0],
    [`received ${ledger.totals.received} of ${deliveries.length}`, ledger.totals.received === deliveries.length],
    [
      `ledger: balanced ${ledger.balanced}, processed ${ledger.totals.processed}, failed ${ledger.totals.failed}, open ${ledger.totals.processing}`,
      ledger.balanced && ledger.totals.failed === 0 && ledger.totals.processing === 0
    ],
    [
      `CRM: ${leads.length} leads, ${twice} twice, ${differences.length} differences from what must come out`,
      differences.length === 0
    ],
    ...rebuilds.map(
      ({ projection, equal, liveRows, events }) =>
        [
          `rebuild of ${projection}: ${events} events, ${liveRows} rows, ${equal ? 'equal' : 'DIFFERENT'}`,
          equal
        ] as const
    )
  ] as const
  for (const [text, holds] of checks) note(`${holds ? 'ok    ' : 'FAILED'} ${text}`)
  const letters = (await system.read('/v1/dead-letters?limit=20')) as { data: object[] }
  for (const letter of letters.data) console.log(`       dead letter ${JSON.stringify(letter)}`)
  for (const line of differences.slice(0, 10)) console.log(`       ${JSON.stringify(line)}`)
  for (const { samples } of rebuilds) for (const sample of samples) console.log(`       ${JSON.stringify(sample)}`)
  const counts = (await system.control('GET', 'counts')) as {
    zohoWrites: object
    calls: { fault: string | null; count: number }[]
  }
  const faults = counts.calls.filter(({ fault }) => fault !== null).reduce((sum, { count }) => sum + count, 0)
  const calls = counts.calls.reduce((sum, { count }) => sum + count, 0)
  note(`vendor calls ${calls}, ${faults} of them faulted; writes ${JSON.stringify(counts.zohoWrites)}`)
  return checks.every(([, holds]) => holds)
}

interface Ledger {
  readonly balanced: boolean
  readonly totals: Readonly<Record<'received' | 'processed' | 'failed' | 'processing', number>>
}

/** As many webhooks as wanted, and no person's in half. */
function wholePeople(all: readonly Delivery[], count: number): Delivery[] {
  const numberOf = (delivery: Delivery | undefined): string => delivery?.name.split(' ').at(-1) ?? ''
  let end = Math.min(count, all.length)
  while (end < all.length && numberOf(all[end]) === numberOf(all[end - 1])) end += 1
  return all.slice(0, end)
}

function retries(sent: readonly SendResult[]): number {
  return sent.filter(({ attempts }) => attempts > 1).length
}

function tally(names: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].map(([name, count]) => `${name} ${count}`).join(', ')
}

function minutes(ms: number): string {
  const seconds = Math.round(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
