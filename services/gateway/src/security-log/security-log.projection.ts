import {
  accessEvents,
  isEvent,
  PersonErased,
  type EventDefinition,
  type RecordedEvent,
  type RequestOrigin
} from '@leadlog/contracts'
import { column, defineProjection, type RowOf } from '@leadlog/projections'
import { adminsOnly } from '../database/row-policies.ts'
import { securityWords } from './security-words.ts'

const told: readonly EventDefinition[] = accessEvents

/** Who may what since when, who came in and who was turned away: one row per event about access. */
export const securityLog = defineProjection({
  name: 'gateway-security-log',
  version: 3,
  table: 'gateway.security_log',
  columns: {
    id: column.text({ primaryKey: true }),
    sequence: column.bigint(),
    at: column.timestamptz(),
    type: column.text(),
    actor: column.text(),
    user_id: column.text({ nullable: true }),
    key_id: column.text({ nullable: true }),
    text: column.text(),
    address: column.text({ nullable: true }),
    device: column.text({ nullable: true })
  },
  indexes: [{ on: 'at desc, id desc' }, { on: 'user_id, at desc, id desc' }],
  on: [...told, PersonErased],
  key: (event: RecordedEvent) => (isEvent(event, PersonErased) ? event.data.eventIds : event.id),
  evolve: { ...Object.fromEntries(told.map(({ type }) => [type, toldOnce])), [PersonErased.type]: () => null },
  setup: adminsOnly
})

export type SecurityLogRow = RowOf<typeof securityLog>

function toldOnce(row: object | null, event: RecordedEvent, id: string): SecurityLogRow {
  if (row !== null) return row as SecurityLogRow
  const data = event.data as { userId?: string; keyId?: string; origin?: RequestOrigin }
  return {
    id,
    sequence: event.sequence,
    at: event.time,
    type: event.type,
    actor: event.actor,
    user_id: data.userId ?? null,
    key_id: data.keyId ?? null,
    text: securityWords(event),
    address: data.origin?.address ?? null,
    device: data.origin?.device ?? null
  }
}
