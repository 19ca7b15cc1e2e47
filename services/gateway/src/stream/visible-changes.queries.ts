import type { GatewayTables, ReadDatabase } from '../database/database.ts'
import { distinct, type Change, type Topic } from './change.ts'

/** Read models whose rows belong to leads. Of the others who reads only their own leads hears nothing. */
const TABLES = {
  'lead.changed': 'gateway.leads',
  'meeting.changed': 'gateway.meetings',
  'crm-write.changed': 'gateway.crm_writes'
} as const satisfies Partial<Record<Topic, keyof GatewayTables>>

type LeadTopic = keyof typeof TABLES

/**
 * What of the changes a reader may be told: rows that they may see by name. That many changed, or that a row is gone, is
 * said without naming one.
 *
 * @param visible reads as the reader
 * @param all reads everything
 */
export async function findVisibleChanges(
  changes: readonly Change[],
  visible: (read: (db: ReadDatabase) => Promise<ReadonlySet<string>>) => Promise<ReadonlySet<string>>,
  all: ReadDatabase
): Promise<Change[]> {
  const asked = changes.filter(({ topic }) => topic in TABLES)
  const named = asked.filter(({ id }) => id !== null)
  const seen = named.length === 0 ? new Set<string>() : await visible((db) => findRows(db, named))
  const unseen = named.filter((change) => !seen.has(keyOf(change)))
  const others = unseen.length === 0 ? new Set<string>() : await findRows(all, unseen)
  return distinct(
    asked.flatMap((change) => {
      if (change.id === null || seen.has(keyOf(change))) return [change]
      return others.has(keyOf(change)) ? [] : [{ topic: change.topic, id: null }]
    })
  )
}

async function findRows(db: ReadDatabase, changes: readonly Change[]): Promise<ReadonlySet<string>> {
  const found = new Set<string>()
  for (const [topic, ofTopic] of Map.groupBy(changes, (change) => change.topic as LeadTopic)) {
    const ids = ofTopic.flatMap(({ id }) => (id === null ? [] : [id]))
    const rows = await db.selectFrom(TABLES[topic]).select('id').where('id', 'in', ids).execute()
    for (const { id } of rows) found.add(keyOf({ topic, id }))
  }
  return found
}

function keyOf({ topic, id }: Change): string {
  return `${topic} ${id ?? ''}`
}
