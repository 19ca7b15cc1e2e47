import type { ReadDatabase } from '../database/database.ts'
import type { Change } from './change.ts'

/** A settled CRM write changes the status of the received event that it belongs to, which no fold of its row tells. */
async function findReceivedEventsOfWrites(db: ReadDatabase, changes: readonly Change[]): Promise<Change[]> {
  const ids = changes.filter(({ topic }) => topic === 'crm-write.changed').map(({ id }) => id)
  const known = ids.filter((id) => id !== null)
  if (ids.length > known.length) return [{ topic: 'received-event.changed', id: null }]
  if (known.length === 0) return []
  const rows = await db
    .selectFrom('gateway.crm_writes as c')
    .innerJoin('gateway.received_events as r', 'r.id', 'c.correlation_id')
    .select('c.correlation_id')
    .distinct()
    .where('c.id', 'in', known)
    .where('r.received_at', 'is not', null)
    .execute()
  return rows.map((row) => ({ topic: 'received-event.changed', id: row.correlation_id }))
}

/** The leads whose timelines have entries that changed. Failures and alerts name no lead: their webhook does. */
async function findLeadsOfEntries(db: ReadDatabase, changes: readonly Change[]): Promise<Change[]> {
  const ids = changes.flatMap(({ topic, id }) => (topic === 'timeline.changed' && id !== null ? [id] : []))
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('gateway.timeline as t')
    .leftJoin('gateway.received_events as r', (join) =>
      join.onRef('r.id', '=', 't.correlation_id').on('t.person_id', 'is', null)
    )
    .leftJoin('gateway.calls as c', 'c.id', 't.call_id')
    .leftJoin('gateway.sms_messages as m', 'm.id', 't.message_id')
    .select((row) => row.fn.coalesce('c.lead_id', 'm.lead_id', 't.person_id', 'r.person_id').as('lead'))
    .distinct()
    .where('t.id', 'in', ids)
    .execute()
  return rows.flatMap(({ lead }) => (lead === null ? [] : [{ topic: 'timeline.changed' as const, id: lead }]))
}

/** What changed with the changes, although no fold of its row tells. */
export async function findFurtherChanges(db: ReadDatabase, changes: readonly Change[]): Promise<Change[]> {
  const found = await Promise.all([findReceivedEventsOfWrites(db, changes), findLeadsOfEntries(db, changes)])
  return found.flat()
}
