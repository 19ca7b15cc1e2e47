import type { ReadDatabase } from '../database/database.ts'
import { partOf, type Part } from './public-status.ts'

/** Failures of one part that came close together. */
export interface FailureIncident {
  readonly part: Part
  readonly from: Date
  readonly until: Date
  /** True while a person has still to decide about some of it. */
  readonly open: boolean
}

/** A write that waits longer is not merely behind others. */
const LATE_AFTER_MS = 10 * 60_000
const MOST_ROWS = 1_000
/** Failures further apart are not the same incident. */
const APART_MS = 3_600_000

/** Writes that were queued long ago and have not reached the CRM. */
export async function countLateWrites(db: ReadDatabase, now: Date): Promise<number> {
  const { late } = await db
    .selectFrom('gateway.crm_writes')
    .select(({ fn }) => fn.countAll<string>().as('late'))
    .where('state', 'in', ['queued', 'unknown'])
    .where('queued_at', '<', new Date(now.getTime() - LATE_AFTER_MS).toISOString())
    .executeTakeFirstOrThrow()
  return Number(late)
}

/** When work of a part failed since then, newest first. */
export async function findIncidents(db: ReadDatabase, since: Date): Promise<FailureIncident[]> {
  const rows = await db
    .selectFrom('gateway.dead_letters')
    .select(['service', 'at', 'state'])
    .where('at', '>=', since.toISOString())
    .orderBy('at', 'desc')
    .limit(MOST_ROWS)
    .execute()
  return incidentsOf(rows.map(({ service, at, state }) => ({ service, at: new Date(at), open: state === 'open' })))
}

/** Gathers failures, newest first, to incidents, newest first. Pure. */
export function incidentsOf(
  failures: readonly { readonly service: string; readonly at: Date; readonly open: boolean }[]
): FailureIncident[] {
  const incidents: FailureIncident[] = []
  for (const { service, at, open } of failures) {
    const part = partOf(service)
    if (part === null) continue
    const index = incidents.findIndex((one) => one.part === part && one.from.getTime() - at.getTime() <= APART_MS)
    const same = incidents[index]
    if (same) incidents[index] = { ...same, from: at, open: same.open || open }
    else incidents.push({ part, from: at, until: at, open })
  }
  return incidents
}
