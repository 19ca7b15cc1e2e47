import { column, type RowOfColumns } from '@leadlog/projections'
import type { MeddicReading } from './meddic-reading.ts'
import type { ChangedAtZoom } from './attendance.schema.ts'
import type { Instance } from './instances.ts'
import type { MeetingRooms } from './meeting-rooms.ts'
import type { Booking, Session } from './meeting-parts.ts'
import type { MeetingStatus } from './meeting-summary.ts'

export const MEETINGS_TABLE = 'gateway.meetings'
/** The function that finds meetings by what somebody typed. */
export const MEETINGS_FINDER = 'gateway.find_meetings'

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
  /** The times that it took place on its platform. */
  instances: column.jsonb<Readonly<Record<string, Instance>>>(),
  /** Where it is arranged to be, and who was invited. */
  rooms: column.jsonb<MeetingRooms>(),
  changed_at_zoom: column.jsonb<ChangedAtZoom>({ nullable: true }),
  meddic: column.jsonb<MeddicReading>({ nullable: true }),
  /** What the search compares; see `searchText`. */
  search: column.text()
}

export type MeetingRow = RowOfColumns<typeof meetingColumns>
