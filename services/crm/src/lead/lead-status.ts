import type { LeadStatus, MeetingFact } from '@leadlog/contracts'
import { groupMeetings, isLive, noShowAt, type BookingFacts, type MeetingFacts, type Verdict } from './meeting-facts.ts'

/** A lead's status with the fact that decides it. */
export interface DecidedStatus {
  readonly status: LeadStatus
  readonly meetingId: string | null
  readonly at: string | null
}

/** Which status wins where two meetings' deciding facts have the same time. */
const RANK: Readonly<Record<LeadStatus, number>> = {
  'demo-complete': 4,
  'demo-no-show': 3,
  'demo-canceled': 2,
  'demo-booked': 1,
  new: 0
}

/**
 * The status as a function of the facts and their own times: within a meeting, held beats what somebody marked as no-show,
 * which beats what the platform tells of who came, which beats booked, which beats canceled bookings; over several meetings the one whose deciding fact is the latest counts, but a cancellation only
 * where no other meeting stands. The order of arrival plays no part.
 */
export function leadStatus(facts: readonly MeetingFact[]): DecidedStatus {
  const decided = groupMeetings(facts).flatMap((meeting) => statusOf(meeting) ?? [])
  const standing = decided.some(({ status }) => status === 'demo-booked')
  const counting = standing ? decided.filter(({ status }) => status !== 'demo-canceled') : decided
  return counting.sort(byLatest)[0] ?? { status: 'new', meetingId: null, at: null }
}

function statusOf(meeting: MeetingFacts): DecidedStatus | null {
  const { meetingId } = meeting
  const held = latest(meeting.sessions.map((session) => session.occurredAt))
  if (held !== null) return { status: 'demo-complete', meetingId, at: held }
  const standing = meeting.bookings.filter((booking) => !booking.superseded)
  // A missed booking that was replaced has got its second chance.
  const missed = latest(standing.flatMap((booking) => noShowAt(booking) ?? []))
  if (missed !== null) return { status: 'demo-no-show', meetingId, at: missed }
  const came = latest(judged(standing, 'attended'))
  if (came !== null) return { status: 'demo-complete', meetingId, at: came }
  const stayedAway = latest(judged(standing.filter(isLive), 'not-attended'))
  if (stayedAway !== null) return { status: 'demo-no-show', meetingId, at: stayedAway }
  const live = latest(meeting.bookings.filter(isLive).flatMap((booking) => booking.bookedAt ?? []))
  if (live !== null) return { status: 'demo-booked', meetingId, at: live }
  const canceled = latest(standing.flatMap((booking) => booking.canceledAt ?? []))
  if (canceled !== null) return { status: 'demo-canceled', meetingId, at: canceled }
  // Only the canceled half of a reschedule is known: the new time is on its way, so the meeting is still booked.
  const moved = latest(meeting.bookings.flatMap((booking) => booking.supersededAt ?? []))
  return moved === null ? null : { status: 'demo-booked', meetingId, at: moved }
}

function judged(bookings: readonly BookingFacts[], kind: Verdict['kind']): string[] {
  return bookings.flatMap(({ attendance }) => (attendance?.kind === kind ? attendance.startsAt : []))
}

function byLatest(a: DecidedStatus, b: DecidedStatus): number {
  return (
    (b.at ?? '').localeCompare(a.at ?? '') ||
    RANK[b.status] - RANK[a.status] ||
    (a.meetingId ?? '').localeCompare(b.meetingId ?? '')
  )
}

function latest(times: readonly string[]): string | null {
  return times.reduce<string | null>((newest, time) => (newest === null || time > newest ? time : newest), null)
}
