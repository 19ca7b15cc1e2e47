import { isEvent, parseAggregateSubject, RecordWritten, WriteQueued } from '@leadlog/contracts'
import type { EventLog } from '@leadlog/event-log'
import {
  traceEventOf,
  traceTree,
  type EventIndexRow,
  type ExtraCause,
  type TraceNode
} from '@leadlog/gateway/read-models'
import type { EventFinder } from '../events/event-finder.ts'
import type { Reference } from '../events/resolve-reference.ts'

/** Everything that belongs together with what was named, in reading order. */
export interface CollectedTrace {
  readonly about: string
  readonly kind: Reference['kind']
  readonly correlationIds: readonly string[]
  readonly nodes: readonly TraceNode[]
  /** True where there is more than was asked for. */
  readonly truncated: boolean
}

/** A call to the CRM settles the writes of other causes too; those are followed once, not without end. */
export async function collectTrace(
  finder: EventFinder,
  log: EventLog,
  reference: Reference,
  limit: number
): Promise<CollectedTrace> {
  const named = reference.event ? [reference.event] : await finder.find(reference.query, limit)
  const newestWrite = reference.kind === 'crm-record' ? (named.findLast(isWrite) ?? named.at(-1)) : undefined
  const focusId = reference.event?.id ?? newestWrite?.id ?? ''
  const focused = named.find(({ id }) => id === focusId)
  const links = await recordLinks(log, named)
  const joined = await finder.find({ ids: focused ? links.causesOf(focused.id) : [] }, limit)
  const correlationIds = [...new Set([...named, ...joined].map((row) => row.correlation_id))]

  const own = await finder.find({ correlationIds }, limit + 1)
  const more = await recordLinks(log, own)
  const settledElsewhere = more.extra
    .filter(({ causeId, effectId }) => has(own, causeId) && !has(own, effectId))
    .map(({ effectId }) => effectId)
  const rows = [...own, ...(await finder.find({ ids: settledElsewhere }, limit))]
  return {
    about: reference.label,
    kind: reference.kind,
    correlationIds,
    nodes: traceTree(rows.slice(0, limit).map(traceEventOf), more.extra, focusId),
    truncated: rows.length > limit
  }
}

function isWrite({ type }: EventIndexRow): boolean {
  return type === RecordWritten.type
}

function has(rows: readonly EventIndexRow[], id: string): boolean {
  return rows.some((row) => row.id === id)
}

/** Which queued write was settled by which call, from the histories of the CRM records among the events. */
async function recordLinks(
  log: EventLog,
  rows: readonly EventIndexRow[]
): Promise<{ extra: ExtraCause[]; causesOf: (effectId: string) => string[] }> {
  const subjects = [...new Set(rows.map(({ subject }) => subject).filter((subject) => subject.startsWith(RECORD)))]
  const extra: ExtraCause[] = []
  for (const subject of subjects) {
    const { events } = await log.load(parseAggregateSubject(subject))
    const queued = new Map(
      events.flatMap((event) => (isEvent(event, WriteQueued) ? [[event.data.writeId, event.id]] : []))
    )
    for (const event of events) {
      if (!isEvent(event, RecordWritten)) continue
      for (const writeId of event.data.writeIds) {
        const causeId = queued.get(writeId)
        if (causeId !== undefined) extra.push({ causeId, effectId: event.id })
      }
    }
  }
  return { extra, causesOf: (id) => extra.filter(({ effectId }) => effectId === id).map(({ causeId }) => causeId) }
}

const RECORD = 'crm-sync.record.'
