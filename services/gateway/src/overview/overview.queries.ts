import { LeadIntelExtracted, MeddicExtracted } from '@leadlog/contracts'
import { sql } from 'kysely'
import type { ReadDatabase } from '../database/database.ts'
import { ofOneMoment } from '../database/one-moment.ts'
import { findFlags } from '../flags/flags.queries.ts'
import { LEAD_STATUSES } from '../leads/lead.schema.ts'
import { accounts } from '../ledger/ledger.queries.ts'
import { countParkedPayments } from '../payments/payments.queries.ts'
import { statusHint } from '../received-events/status.ts'
import type { Overview } from './overview.schema.ts'

const HOUR_MS = 3_600_000
const HOURS_SHOWN = 24
const DAYS_OF_SPEND = 30
/** Every retry but the last few has been made by then; whoever is not done needs a look. */
const STUCK_AFTER_MS = 15 * 60_000
/** Stuck events are looked for so far back. */
const STUCK_WITHIN_MS = 7 * 24 * HOUR_MS

/** What an event meets that is not done; nearly all are, and need not be looked at. */
const NOT_DONE = sql<boolean>`(${statusHint('queued') ?? sql`true`} or ${statusHint('processing') ?? sql`true`})`

/** The overview of a moment. */
export function findOverview(db: ReadDatabase, now: Date): Promise<Overview> {
  return ofOneMoment(db, async (moment) => {
    const { refusedWrites, leads } = await findLeadCounts(moment)
    return {
      at: now.toISOString(),
      attention: await findAttention(moment, now, refusedWrites),
      day: await findDay(moment, now),
      leads,
      ...(await findOffAndSpend(moment, now))
    }
  })
}

const number = (text: string) => sql<number>`${sql.raw(text)}::int`

async function findAttention(db: ReadDatabase, now: Date, refusedWrites: number): Promise<Overview['attention']> {
  const letters = await db
    .selectFrom('gateway.dead_letters')
    .select([number('count(*)').as('all'), number('count(distinct fingerprint)').as('groups')])
    .where('state', '=', 'open')
    .executeTakeFirstOrThrow()
  const unknown = await db
    .selectFrom('gateway.crm_writes')
    .select(number('count(*)').as('count'))
    .where('state', '=', 'unknown')
    .executeTakeFirstOrThrow()
  const range = {
    from: new Date(now.getTime() - STUCK_WITHIN_MS).toISOString(),
    to: new Date(now.getTime() - STUCK_AFTER_MS).toISOString()
  }
  const stuck = await db
    .selectFrom(accounts(db, range, NOT_DONE).as('a'))
    .select(number('count(*)').as('count'))
    .where('a.status', 'in', ['queued', 'processing'])
    .executeTakeFirstOrThrow()
  const parked = await db
    .selectFrom('projections.parked')
    .select(number('count(*)').as('count'))
    .executeTakeFirstOrThrow()
  const payments = await countParkedPayments(db)
  return {
    deadLetters: letters.all,
    deadLetterGroups: letters.groups,
    refusedWrites,
    unknownWrites: unknown.count,
    stuck: stuck.count,
    parkedPayments: [...payments.values()].reduce((sum, count) => sum + count, 0),
    parkedRows: parked.count
  }
}

async function findDay(db: ReadDatabase, now: Date): Promise<Overview['day']> {
  const first = firstHourShown(now)
  const from = new Date(first).toISOString()
  const range = { from, to: new Date(first + HOURS_SHOWN * HOUR_MS).toISOString() }
  const rows = await db
    .selectFrom(accounts(db, range).as('a'))
    .select([
      sql<number>`floor(extract(epoch from a.received_at) / 3600)::int`.as('hour'),
      number('count(*)').as('received'),
      number(`count(*) filter (where a.status in ('processed', 'ignored'))`).as('done'),
      number(`count(*) filter (where a.status = 'failed')`).as('failed')
    ])
    .groupBy('hour')
    .execute()
  const byHour = new Map(rows.map(({ hour, ...counts }) => [hour * HOUR_MS, counts]))
  const hours = Array.from({ length: HOURS_SHOWN }, (_, index) => {
    const hour = first + index * HOUR_MS
    return { hour: new Date(hour).toISOString(), ...(byHour.get(hour) ?? { received: 0, done: 0, failed: 0 }) }
  })
  const sum = (key: 'received' | 'done' | 'failed'): number => hours.reduce((total, hour) => total + hour[key], 0)
  const [received, done, failed] = [sum('received'), sum('done'), sum('failed')]
  const latency = await db
    .selectFrom('gateway.received_events as r')
    .innerJoin('gateway.crm_writes as c', 'c.correlation_id', 'r.id')
    .select([percentile(0.5).as('p50'), percentile(0.99).as('p99')])
    .where('r.received_at', '>=', from)
    .where('r.received_at', '<', range.to)
    .where('c.state', 'in', ['written', 'unchanged'])
    .executeTakeFirstOrThrow()
  return {
    from,
    received,
    done,
    failed,
    underWay: received - done - failed,
    crmP50Ms: latency.p50,
    crmP99Ms: latency.p99,
    hours
  }
}

/** The last 24 hours begin with a full one. */
function firstHourShown(now: Date): number {
  return (Math.floor(now.getTime() / HOUR_MS) - HOURS_SHOWN + 1) * HOUR_MS
}

/** Of the time from the webhook to the CRM's answer. */
function percentile(share: number) {
  return sql<number | null>`(percentile_cont(${share}) within group (
    order by extract(epoch from (c.settled_at - r.received_at)) * 1000))::float8`
}

/** The funnel, and how many leads the CRM refused. */
async function findLeadCounts(db: ReadDatabase): Promise<{ refusedWrites: number; leads: Overview['leads'] }> {
  const rows = await db
    .selectFrom('gateway.leads')
    .select([
      'status',
      number('count(*)').as('count'),
      number(`count(*) filter (where sync_state = 'refused')`).as('refused')
    ])
    .where('captured', '=', true)
    .groupBy('status')
    .execute()
  const counts = new Map<string, number>(rows.map(({ status, count }) => [status, count]))
  return {
    refusedWrites: rows.reduce((sum, { refused }) => sum + refused, 0),
    leads: {
      total: rows.reduce((sum, { count }) => sum + count, 0),
      statuses: LEAD_STATUSES.map((status) => ({ status, count: counts.get(status) ?? 0 }))
    }
  }
}

/** What was left out in the last 24 hours, and what readings cost: of the same events, gone through once. */
async function findOffAndSpend(db: ReadDatabase, now: Date): Promise<Pick<Overview, 'off' | 'spend'>> {
  const dayFrom = new Date(firstHourShown(now)).toISOString()
  const from = new Date(now.getTime() - DAYS_OF_SPEND * 24 * HOUR_MS).toISOString()
  const writes = await db
    .selectFrom('gateway.crm_writes')
    .select(number('count(*)').as('count'))
    .where('state', '=', 'simulated')
    .where('queued_at', '>=', dayFrom)
    .executeTakeFirstOrThrow()
  const { readings, cost, byRules } = await db
    .selectFrom('gateway.event_index')
    .select([
      number('count(*)').as('readings'),
      sql<number>`coalesce(sum((facts ->> 'costMicroUsd')::bigint), 0)::float8`.as('cost'),
      sql<number>`(count(*) filter (where time >= ${dayFrom} and facts ->> 'provider' = 'rules'))::int`.as('byRules')
    ])
    .where('type', 'in', [LeadIntelExtracted.type, MeddicExtracted.type])
    .where('time', '>=', from)
    .executeTakeFirstOrThrow()
  const flags = (await findFlags(db)).filter(({ on }) => !on)
  return {
    off: { flags, dryRunWrites: writes.count, readByRules: byRules },
    spend: { from, readings, costMicroUsd: cost }
  }
}
