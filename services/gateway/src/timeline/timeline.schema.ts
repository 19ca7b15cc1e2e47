import { Nullable, Timestamp } from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'
import { TimelineKind } from './timeline-entry.ts'
import type { TimelineRow } from './timeline.projection.ts'

/** One thing that happened to a lead. */
export const TimelineEntry = Type.Object({
  eventId: Type.String({ description: 'its trace shows causes and effects' }),
  type: Type.String(),
  kind: TimelineKind,
  title: Type.String(),
  detail: Nullable(Type.String()),
  source: Type.String({ description: 'who says so: a provider, a model, the CRM, a service' }),
  at: Type.String({ description: 'own time of the fact' }),
  recordedAt: Timestamp,
  receivedEventId: Type.String(),
  meetingId: Nullable(Type.String()),
  callId: Nullable(Type.String()),
  invoiceId: Nullable(Type.String()),
  paymentId: Nullable(Type.String())
})
export type TimelineEntry = Static<typeof TimelineEntry>

export function timelineEntryOf(row: TimelineRow): TimelineEntry {
  return {
    eventId: row.id,
    type: row.type,
    kind: row.kind,
    title: row.title,
    detail: row.detail,
    source: row.source,
    at: row.at,
    recordedAt: row.recorded_at,
    receivedEventId: row.correlation_id,
    meetingId: row.meeting_id,
    callId: row.call_id,
    invoiceId: row.invoice_id,
    paymentId: row.payment_id
  }
}
