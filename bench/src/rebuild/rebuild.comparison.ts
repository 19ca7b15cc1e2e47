import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { startNats, startPostgres } from '@leadlog/local/servers'
import type { BenchContext } from '../core/bench-context.ts'
import { ratio, type Check, type Figure, type Outcome } from '../core/outcome.ts'
import { packageVersion } from '../core/package-versions.ts'
import { interleave } from '../core/rounds.ts'
import { natsVersion, postgresVersion } from '../core/server-versions.ts'
import { startWorker, type Worker } from '../core/worker.ts'
import type { FillLogRequests } from './fill-log.worker.ts'
import { EVENTS_PER_LEAD } from './lead-history.ts'
import type { RebuildPlace, RebuildRequests } from './rebuild-requests.ts'

const LEADS = 10_000
const QUICK_LEADS = 2_000
/** emmett is given the first leads only, since it takes so long; its rate does not depend on how many there are. */
const EMMETT_LEADS = 1_000
const QUICK_EMMETT_LEADS = 500

const REBUILD = 'Leadlog, rebuild beside the live table'
const CATCH_UP = 'Leadlog, live catch-up in batches of 500'
const BARE = 'bare unnest loop, batches of 500'
const BARE_LARGE = 'bare unnest loop, batches of 2,000, commits not waited for'
const EMMETT = 'emmett, Pongo documents, its defaults'
const EMMETT_LARGE = 'emmett, Pongo documents, batches of 2,000'
const EMMETT_SQL = 'emmett, raw SQL, batches of 2,000'

interface Contestant {
  readonly name: string
  readonly worker: Worker<RebuildRequests>
  readonly way: string
  readonly leads: number
  readonly rates: number[]
  readonly digests: Set<string>
}

/** Events a second with which a read model is built anew. */
export async function compareRebuild(context: BenchContext): Promise<Outcome> {
  const { folder, quick, rounds, say, teardown } = context
  const leads = quick ? QUICK_LEADS : LEADS
  const emmettLeads = quick ? QUICK_EMMETT_LEADS : EMMETT_LEADS
  const [nats, postgres, emmettPostgres] = await Promise.all([
    startNats({ dataDir: path.join(folder, 'nats'), syncAlways: false }),
    startPostgres({ dataDir: path.join(folder, 'postgres') }),
    startPostgres({ dataDir: path.join(folder, 'postgres-emmett') })
  ])
  for (const server of [nats, postgres, emmettPostgres]) teardown.add(() => server.stop())
  const place = {
    natsUrl: nats.url,
    masterKey: randomBytes(32).toString('base64'),
    databaseUrl: postgres.url,
    leads
  }
  const file = (name: string): string => path.join(import.meta.dirname, name)
  const filler = startWorker<FillLogRequests>(file('fill-log.worker.ts'), teardown)
  const filled = await filler.call('fill', place)
  await filler.stop()
  say(`  ${filled.events} events of ${leads} leads recorded in ${Math.round(filled.milliseconds / 1000)} s`)

  const open = async (name: string, own: RebuildPlace): Promise<Worker<RebuildRequests>> => {
    const worker = startWorker<RebuildRequests>(file(name), teardown)
    await worker.call('open', own)
    return worker
  }
  const leadlog = await open('leadlog.worker.ts', place)
  const bare = await open('bare-loop.worker.ts', place)
  const emmett = await open('emmett.worker.ts', { ...place, databaseUrl: emmettPostgres.url, leads: emmettLeads })
  const contestant = (name: string, worker: Worker<RebuildRequests>, way: string, leads: number): Contestant => ({
    name,
    worker,
    way,
    leads,
    rates: [],
    digests: new Set()
  })
  const contestants = [
    contestant(REBUILD, leadlog, 'rebuild', leads),
    contestant(CATCH_UP, leadlog, 'catch-up', leads),
    contestant(BARE, bare, 'usual', leads),
    contestant(BARE_LARGE, bare, 'large', leads),
    contestant(EMMETT, emmett, 'documents', emmettLeads),
    contestant(EMMETT_LARGE, emmett, 'documents, large batches', emmettLeads),
    contestant(EMMETT_SQL, emmett, 'statements, large batches', emmettLeads)
  ]
  const counts: Check[] = []

  await interleave(contestants, rounds, async ({ name, worker, way, leads, rates, digests }, round) => {
    const { events, milliseconds } = await worker.call('rebuild', { way })
    const rate = (events / milliseconds) * 1000
    rates.push(rate)
    digests.add(await worker.call('digest', { leads: emmettLeads }))
    if (events !== leads * EVENTS_PER_LEAD)
      counts.push({ name: `${name}: every event is applied`, ok: false, detail: `${events} events` })
    say(`  ${round === 0 ? 'first' : `round ${round}`}  ${name}: ${Math.round(rate)} events/s`)
  })

  const figure = (name: string): Figure => {
    const rates = contestants.find((contestant) => contestant.name === name)?.rates ?? []
    return { name, unit: 'events/s', samples: rates.slice(1) }
  }
  const first = contestants
    .filter(({ name }) => name === REBUILD || name === BARE)
    .map(({ name, rates }): Figure => ({
      name: `${name}: first in a fresh process`,
      unit: 'events/s',
      samples: rates.slice(0, 1)
    }))
  return {
    name: 'rebuild',
    title: 'Events a second while a read model is built anew',
    settings: {
      events: `${filled.events}, ${EVENTS_PER_LEAD} of each of ${leads} leads, six of ten with encrypted fields`,
      'events for emmett': `the first ${emmettLeads * EVENTS_PER_LEAD} of them, in its own store and not encrypted`,
      servers: [await natsVersion(nats.url), await postgresVersion(postgres.url)].join(', '),
      peers: ['emmett', 'emmett-postgresql', 'pongo']
        .map((name) => packageVersion(`@event-driven-io/${name}`))
        .join(', ')
    },
    figures: [...contestants.map(({ name }) => figure(name)), ...first],
    ratios: [
      ratio(`${REBUILD} ÷ ${BARE}`, figure(REBUILD), figure(BARE), 0.7),
      ratio(`${REBUILD} ÷ ${BARE_LARGE}`, figure(REBUILD), figure(BARE_LARGE)),
      ratio(`${CATCH_UP} ÷ ${BARE}`, figure(CATCH_UP), figure(BARE)),
      ratio(`${REBUILD} ÷ ${EMMETT}`, figure(REBUILD), figure(EMMETT), 20),
      ratio(`${REBUILD} ÷ ${EMMETT_LARGE}`, figure(REBUILD), figure(EMMETT_LARGE), 20),
      ratio(`${REBUILD} ÷ ${EMMETT_SQL}`, figure(REBUILD), figure(EMMETT_SQL), 20)
    ],
    checks: [...counts, sameRows(contestants)]
  }
}

function sameRows(contestants: readonly Contestant[]): Check {
  const digests = new Set(contestants.flatMap((contestant) => [...contestant.digests]))
  return {
    name: 'every contestant builds the same rows',
    ok: digests.size === 1,
    detail: contestants.map(({ name, digests }) => `${name}: ${[...digests].join(' or ')}`).join('; ')
  }
}
