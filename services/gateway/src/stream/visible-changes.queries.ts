import { sql } from 'kysely'
import type { ReadDatabase } from '../database/database.ts'
import type { OwnersOfRows } from './change-owners.ts'
import { distinct, ofLeads, rowKeyOf, type Change, type LeadChange, type LeadTopic } from './change.ts'

const column = (name: string) => sql.ref<string>(`r.${name}`)

/** Read models whose rows belong to leads, and what says to which. */
const TABLES = {
  'lead.changed': { table: 'gateway.leads', lead: sql.ref<string>('asked.id') },
  'timeline.changed': { table: 'gateway.leads', lead: sql.ref<string>('asked.id') },
  'meeting.changed': { table: 'gateway.meetings', lead: column('person_id') },
  'crm-write.changed': { table: 'gateway.crm_writes', lead: column('lead_id') },
  'call.changed': { table: 'gateway.calls', lead: column('lead_id') },
  'dial.changed': { table: 'gateway.dials', lead: column('lead_id') },
  'sms-thread.changed': { table: 'gateway.sms_threads', lead: column('lead_id') },
  'sms-message.changed': { table: 'gateway.sms_messages', lead: column('lead_id') },
  'suppression.changed': { table: 'gateway.suppressions', lead: column('lead_id') },
  'invoice.changed': { table: 'gateway.invoices', lead: column('lead_id') },
  'payment.changed': {
    table: 'gateway.payments',
    lead: sql<string>`(select i.lead_id from gateway.invoices i where i.id = r.invoice_id)`
  }
} as const satisfies Record<LeadTopic, object>

/** Whose the rows are that changed. A lead that has an owner and is not captured yet is not gone. */
export async function findOwnersOfChanges(all: ReadDatabase, changes: readonly LeadChange[]): Promise<OwnersOfRows> {
  const owners = new Map<string, readonly string[] | null>()
  for (const [topic, ids] of idsByTopic(changes)) {
    const { table, lead } = TABLES[topic]
    for (const id of ids) owners.set(rowKeyOf(topic, id), null)
    const { rows } = await sql<{ id: string; owners: string[] | null }>`
      select asked.id, o.owners
      from unnest(${ids}::text[]) as asked(id)
      left join ${sql.table(table)} r on r.id = asked.id
      left join gateway.lead_owners o on o.id = ${lead}
      where r.id is not null or o.id is not null`.execute(all)
    for (const row of rows) owners.set(rowKeyOf(topic, row.id), row.owners ?? [])
  }
  return owners
}

/**
 * What of the changes a reader may be told: rows that they may see by name. That many changed, or that a row is gone, is
 * said without naming one. Postgres decides, and is asked only where a row could be the reader's.
 *
 * @param reader.visible reads as the reader
 */
export async function findVisibleChanges(
  changes: readonly Change[],
  reader: {
    readonly email: string
    readonly owners: OwnersOfRows
    readonly visible: (read: (db: ReadDatabase) => Promise<ReadonlySet<string>>) => Promise<ReadonlySet<string>>
  }
): Promise<Change[]> {
  const { owners, visible } = reader
  const email = reader.email.trim().toLowerCase()
  const asked = ofLeads(changes)
  const perhaps = asked.filter(({ topic, id }) => id !== null && owners.get(rowKeyOf(topic, id))?.includes(email))
  const seen = perhaps.length === 0 ? new Set<string>() : await visible((db) => findRows(db, perhaps))
  return distinct(
    asked.flatMap((change) => {
      const { topic, id } = change
      if (id === null || seen.has(rowKeyOf(topic, id))) return [change]
      return owners.get(rowKeyOf(topic, id)) === null ? [{ topic, id: null }] : []
    })
  )
}

async function findRows(db: ReadDatabase, changes: readonly LeadChange[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  for (const [topic, ids] of idsByTopic(changes)) {
    const rows = await db.selectFrom(TABLES[topic].table).select('id').where('id', 'in', ids).execute()
    for (const { id } of rows) found.add(rowKeyOf(topic, id))
  }
  return found
}

function idsByTopic(changes: readonly LeadChange[]): Map<LeadTopic, string[]> {
  const named = changes.filter(({ id }) => id !== null)
  const byTopic = Map.groupBy(named, ({ topic }) => topic)
  return new Map([...byTopic].map(([topic, ofTopic]) => [topic, ofTopic.flatMap(({ id }) => id ?? [])]))
}
