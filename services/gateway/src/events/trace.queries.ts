import type { ReadDatabase } from '../database/database.ts'
import type { EventIndexRow } from './event-index.projection.ts'
import { serviceOf } from './event.schema.ts'
import { traceTree, type ExtraCause, type TraceEvent, type TraceNode } from './trace.ts'

/** Events that a trace shows at most; a webhook leads to about twenty. */
const MAX_EVENTS = 2_000

export interface Trace {
  readonly correlationIds: readonly string[]
  readonly nodes: readonly TraceNode[]
  /** True where there are more events than a trace shows. */
  readonly truncated: boolean
}

/**
 * Everything that belongs together with an event, up to the first cause and down to the last effect. A call to the
 * CRM that settled the writes of several causes shows all of them; a cause whose write was settled by another one's
 * call shows that call.
 */
export async function findTrace(db: ReadDatabase, event: EventIndexRow): Promise<Trace> {
  const settledByEvent = await db
    .selectFrom('gateway.crm_writes')
    .select('correlation_id')
    .distinct()
    .where('settled_event_id', '=', event.id)
    .execute()
  const correlationIds = [...new Set([event.correlation_id, ...settledByEvent.map((row) => row.correlation_id)])]
  const writes = await db
    .selectFrom('gateway.crm_writes')
    .select(['queued_event_id', 'settled_event_id'])
    .where('correlation_id', 'in', correlationIds)
    .where('settled_event_id', 'is not', null)
    .execute()
  const settledIds = [...new Set(writes.map((row) => row.settled_event_id).filter((id) => id !== null))]
  const rows = await db
    .selectFrom('gateway.event_index')
    .selectAll()
    .where((is) =>
      is.or([
        is('correlation_id', 'in', correlationIds),
        ...(settledIds.length > 0 ? [is('id', 'in', settledIds)] : [])
      ])
    )
    .orderBy('time')
    .orderBy('id')
    .limit(MAX_EVENTS + 1)
    .execute()
  const extra = writes.flatMap(({ queued_event_id: causeId, settled_event_id: effectId }): ExtraCause[] =>
    causeId === null || effectId === null ? [] : [{ causeId, effectId }]
  )
  return {
    correlationIds,
    nodes: traceTree(rows.slice(0, MAX_EVENTS).map(traceEventOf), extra, event.id),
    truncated: rows.length > MAX_EVENTS
  }
}

/** The event as a trace shows it. */
export function traceEventOf(row: EventIndexRow): TraceEvent {
  return {
    id: row.id,
    type: row.type,
    service: serviceOf(row),
    subject: row.subject,
    stream: row.stream,
    sequence: row.sequence,
    time: row.time,
    summary: row.summary,
    facts: row.facts,
    causationId: row.causation_id
  }
}
