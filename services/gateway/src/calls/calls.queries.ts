import type { CallDirection, CallStatus, FlowStep } from '@leadlog/contracts'
import { sql } from 'kysely'
import type { ReadDatabase } from '../database/database.ts'
import { onPage, toPage, type Order, type Page, type PageRequest } from '../query/page.ts'
import { callDetailOf, callOf } from './call-answer.ts'
import type { Call, CallDetail } from './call.schema.ts'

export interface CallFilter {
  readonly status: CallStatus | undefined
  readonly direction: CallDirection | undefined
  readonly leadId: string | undefined
  readonly flowId: string | undefined
  /** In any spelling: its figures count. */
  readonly number: string | undefined
  readonly live: 'true' | 'false' | undefined
  readonly from: string | undefined
  readonly to: string | undefined
}

/** All calls of a lead. */
export function callsOfLead(leadId: string): CallFilter {
  const all = { status: undefined, direction: undefined, flowId: undefined, number: undefined, live: undefined }
  return { ...all, leadId, from: undefined, to: undefined }
}

const LISTED = [
  'c.id',
  'c.sequence',
  'c.person_id',
  'c.lead_id',
  'c.is_attributed',
  'c.call_sid',
  'c.dial_id',
  'c.direction',
  'c.number',
  'c.ours',
  'c.status',
  'c.live',
  'c.received',
  'c.flow_id',
  'c.flow_version',
  'c.step',
  'c.step_since',
  'c.fell_back',
  'c.transfer',
  'c.started_at',
  'c.ended_at',
  'c.duration_seconds',
  'c.last_heard_at'
] as const

/** A page of calls, by when they began. */
export async function findCalls(
  db: ReadDatabase,
  filter: CallFilter,
  sort: '-startedAt' | 'startedAt',
  page: PageRequest
): Promise<Page<Call>> {
  const order: Order = { sort, column: sql.ref('c.started_at'), type: 'time', id: 'c.id' }
  let query = db
    .selectFrom('gateway.calls as c')
    .leftJoin('gateway.flow_versions as f', (join) =>
      join.onRef('f.flow_id', '=', 'c.flow_id').onRef('f.version', '=', 'c.flow_version')
    )
    .select(LISTED)
    .select([
      'c.started_at as sort_value',
      'f.name as flow_name',
      sql<number>`(select count(*) from jsonb_object_keys(c.recordings))::integer`.as('recording_count'),
      // Only the one step: a document has up to 200.
      sql<FlowStep | null>`jsonb_path_query_first(f.document, '$.steps[*] ? (@.id == $id)',
        jsonb_build_object('id', c.step))`.as('step_document')
    ])
    .where('c.person_id', 'is not', null)
  if (filter.status !== undefined) query = query.where('c.status', '=', filter.status)
  if (filter.direction !== undefined) query = query.where('c.direction', '=', filter.direction)
  if (filter.leadId !== undefined) query = query.where('c.lead_id', '=', filter.leadId)
  if (filter.flowId !== undefined) query = query.where('c.flow_id', '=', filter.flowId)
  if (filter.number !== undefined) query = query.where('c.number_digits', '=', filter.number.replace(/\D/g, ''))
  if (filter.live !== undefined) query = query.where('c.live', '=', filter.live === 'true')
  if (filter.from !== undefined) query = query.where('c.started_at', '>=', filter.from)
  if (filter.to !== undefined) query = query.where('c.started_at', '<', filter.to)
  const rows = await onPage(query, order, page).execute()
  return toPage(rows, order, page.limit, callOf)
}

/** One call turn by turn; null for an unknown id. */
export async function findCall(db: ReadDatabase, id: string): Promise<CallDetail | null> {
  const row = await db
    .selectFrom('gateway.calls as c')
    .selectAll('c')
    .where('c.id', '=', id)
    .where('c.person_id', 'is not', null)
    .executeTakeFirst()
  if (!row) return null
  const version =
    row.flow_id === null || row.flow_version === null
      ? undefined
      : await db
          .selectFrom('gateway.flow_versions')
          .select(['name', 'document'])
          .where('flow_id', '=', row.flow_id)
          .where('version', '=', row.flow_version)
          .executeTakeFirst()
  return callDetailOf(row, version?.document ?? null, version?.name ?? null)
}
