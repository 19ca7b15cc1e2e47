import type { ReadDatabase } from '../database/database.ts'
import type { PhoneNumber } from './phone-number.schema.ts'

/** Our numbers, in their order; a telephone system has few of them. */
export async function findPhoneNumbers(db: ReadDatabase): Promise<PhoneNumber[]> {
  const rows = await db
    .selectFrom('gateway.phone_numbers as n')
    .leftJoin('gateway.flows as f', 'f.id', 'n.flow_id')
    .selectAll('n')
    .select(['f.name as flow_name', 'f.live_version'])
    .orderBy('n.number')
    .execute()
  return rows.map((row) => ({
    number: row.number,
    flow: row.flow_id === null ? null : { flowId: row.flow_id, name: row.flow_name, version: row.live_version },
    since: row.assigned_at,
    by: row.assigned_by
  }))
}
