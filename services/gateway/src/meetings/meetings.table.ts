import type { TranscriptQuality } from '@leadlog/contracts'
import { column, type RowOfColumns } from '@leadlog/projections'
import type { Booking, Session } from './meeting-parts.ts'
import type { MeetingStatus } from './meeting-summary.ts'

export const MEETINGS_TABLE = 'gateway.meetings'

/** What the reading of a transcript gave, or why it gave nothing. */
export interface MeddicReading {
  readonly eventId: string
  readonly extractionId: string
  /** Own time of what was read. */
  readonly observedAt: string
  readonly provider: string | null
  readonly model: string | null
  readonly promptVersion: string | null
  readonly confidence: number | null
  /** Part to text; empty parts are left out. */
  readonly parts: Readonly<Record<string, string>>
  readonly evidence: Readonly<Record<string, string>>
  readonly quality: TranscriptQuality | null
  /** Code of the rejection; null where the reading succeeded. */
  readonly rejectedBecause: string | null
}

/**
 * One row per meeting. A meeting that turned out to be another stays as a row that points to it, since its bookings
 * and sessions are told of there; readers put the rows of one meeting together.
 */
export const meetingColumns = {
  id: column.text({ primaryKey: true }),
  sequence: column.bigint(),
  person_id: column.text(),
  merged_into: column.text({ nullable: true }),
  absorbed: column.textArray(),
  status: column.text<MeetingStatus>(),
  title: column.text({ nullable: true }),
  customer_email: column.text({ nullable: true }),
  customer_name: column.text({ nullable: true }),
  starts_at: column.timestamptz({ nullable: true }),
  ends_at: column.timestamptz({ nullable: true }),
  booked_at: column.timestamptz({ nullable: true }),
  first_seen_at: column.timestamptz(),
  sort_at: column.timestamptz(),
  bookings: column.jsonb<Readonly<Record<string, Booking>>>(),
  sessions: column.jsonb<Readonly<Record<string, Session>>>(),
  meddic: column.jsonb<MeddicReading>({ nullable: true })
}

export type MeetingRow = RowOfColumns<typeof meetingColumns>
