import {
  isEvent,
  MeetingAttendanceCorrected,
  MeetingAttended,
  MeetingHeld,
  MeetingNotAttended,
  MeetingReportUpdated,
  MeetingTranscribed,
  newEvent,
  type AttendanceProof,
  type NewEvent,
  type RecordedEvent
} from '@leadlog/contracts'
import type { Static } from '@sinclair/typebox'
import { SAME_ROOM_WINDOW_MS } from '../agenda/agenda.ts'
import { meetingOfHistory, standingBooking, type StandingBooking } from '../meeting/meeting.ts'
import { instancesOf, type Instance } from './instance-history.ts'
import { isNotetaker, isSameName, type OwnPeople } from './participant-side.ts'

/** By what is judged. */
export interface Policy {
  readonly notetakers: OwnPeople['notetakers']
  /** How long after its start a meeting that ended is waited for to begin again, and one that was not told to end after its end. */
  readonly graceMs: number
}

/** What follows for a meeting, and when to look again. */
export interface Judgement {
  readonly events: readonly NewEvent[]
  /** When the time for a verdict has come; null where there is nothing to wait for. */
  readonly dueAt: Date | null
}

type Proof = Static<typeof AttendanceProof>

const NOTHING: Judgement = { events: [], dueAt: null }

/**
 * Whether the customer of the standing booking came, by everything that is known of its meeting. Pure, and a function of what is
 * known, not of the order in which it became known.
 *
 * - Nothing that the platform told of the meeting: nothing is decided. Whether nobody came or nobody told cannot be known apart, and
 *   where the host did not begin the meeting it is not the customer who stayed away.
 * - The meeting is over when all that began has ended, but not before the grace after its start, since a room that was opened to try it is
 *   no meeting; where no end was told, the grace after its planned end.
 * - Over, and somebody from outside was there, or speaks in it, or stands in a report: attended. Over, and nobody: not attended.
 * - What shows that somebody came corrects a no-show at once.
 *
 * @param history of the meeting, with those that turned out to be it
 */
export function judge(
  meetingId: string,
  personId: string,
  history: readonly RecordedEvent[],
  policy: Policy,
  now: Date
): Judgement {
  const booking = standingBooking(meetingOfHistory(history))
  if (booking === null) return NOTHING
  const known = lastVerdict(history, booking.uri)
  const instances = instancesOf(history).filter(({ startedAt }) => isNear(startedAt, booking))
  const verdict = (decided: Decided): Judgement => ({
    events: eventsOf({ meetingId, personId, booking, now }, known, decided),
    dueAt: null
  })
  if (instances.length === 0) return known === null ? NOTHING : verdict({ verdict: 'unknown', because: 'nothing-told' })
  const proof = proofOf(history, instances, booking, policy)
  const dueAt = overAt(instances, booking, policy.graceMs)
  if (now < dueAt) {
    const corrects = proof !== null && known?.verdict === 'not-attended'
    return corrects ? verdict({ verdict: 'attended', because: proof }) : { events: [], dueAt }
  }
  if (proof !== null) return verdict({ verdict: 'attended', because: proof })
  if (booking.canceled !== null) return NOTHING
  const isEnded = instances.every(({ endedAt }) => endedAt !== null)
  return verdict({ verdict: 'not-attended', because: isEnded ? 'ended' : 'time-passed' })
}

type Decided =
  | { readonly verdict: 'attended'; readonly because: Proof }
  | { readonly verdict: 'not-attended'; readonly because: 'ended' | 'time-passed' }
  | { readonly verdict: 'unknown'; readonly because: 'nothing-told' }

interface KnownVerdict {
  readonly verdict: Decided['verdict']
  readonly decidedAt: string
}

function lastVerdict(history: readonly RecordedEvent[], bookingUri: string): KnownVerdict | null {
  let last: KnownVerdict | null = null
  for (const event of history) {
    const isVerdict =
      isEvent(event, MeetingAttended) ||
      isEvent(event, MeetingNotAttended) ||
      isEvent(event, MeetingAttendanceCorrected)
    if (!isVerdict || event.data.bookingUri !== bookingUri) continue
    const { decidedAt } = event.data
    if (last !== null && last.decidedAt > decidedAt) continue
    const verdict = isEvent(event, MeetingAttendanceCorrected)
      ? event.data.verdict
      : isEvent(event, MeetingAttended)
        ? 'attended'
        : 'not-attended'
    last = { verdict, decidedAt }
  }
  return last
}

function eventsOf(
  {
    meetingId,
    personId,
    booking,
    now
  }: {
    readonly meetingId: string
    readonly personId: string
    readonly booking: StandingBooking
    readonly now: Date
  },
  known: KnownVerdict | null,
  decided: Decided
): NewEvent[] {
  if (decided.verdict === (known?.verdict ?? 'unknown')) return []
  // Each verdict is later than the one before, whatever the clocks of two processes say.
  const after = known === null ? 0 : Date.parse(known.decidedAt) + 1
  const common = {
    meetingId,
    personId,
    bookingUri: booking.uri,
    startsAt: booking.facts.startsAt,
    decidedAt: new Date(Math.max(now.getTime(), after)).toISOString()
  }
  switch (decided.verdict) {
    case 'not-attended':
      return [newEvent(MeetingNotAttended, meetingId, { ...common, because: decided.because })]
    case 'unknown':
      return [newEvent(MeetingAttendanceCorrected, meetingId, { ...common, ...decided })]
    case 'attended':
      return known === null
        ? [newEvent(MeetingAttended, meetingId, { ...common, because: decided.because })]
        : [newEvent(MeetingAttendanceCorrected, meetingId, { ...common, ...decided })]
  }
}

function isNear(time: string, { facts }: StandingBooking): boolean {
  return Math.abs(Date.parse(time) - Date.parse(facts.startsAt)) <= SAME_ROOM_WINDOW_MS
}

function overAt(instances: readonly Instance[], { facts }: StandingBooking, graceMs: number): Date {
  const ends = instances.map(({ endedAt }) => (endedAt === null ? null : Date.parse(endedAt)))
  const isRunning = ends.includes(null)
  if (isRunning) return new Date(Date.parse(facts.endsAt) + graceMs)
  return new Date(Math.max(Date.parse(facts.startsAt) + graceMs, ...ends.map((end) => end ?? 0)))
}

/** What shows that somebody from outside was there. */
function proofOf(
  history: readonly RecordedEvent[],
  instances: readonly Instance[],
  booking: StandingBooking,
  policy: Policy
): Proof | null {
  const people = instances.flatMap((instance) => instance.people)
  const ours = [booking.facts.host.name, ...people.filter(({ side }) => side === 'ours').map(({ name }) => name)]
  const isOurs = (name: string | null): boolean => ours.some((own) => isSameName(own, name))
  // Somebody of ours who comes in once more by telephone has neither an address nor an id there.
  if (people.some(({ side, name, email }) => side === 'outside' && (email !== null || !isOurs(name))))
    return 'participant'
  const uuids = new Set(instances.map(({ uuid }) => uuid))
  for (const event of history) {
    if (isEvent(event, MeetingHeld) || isEvent(event, MeetingReportUpdated)) {
      const { participants, startedAt } = event.data
      const isProof = participants.some(({ external, name }) => external && !isNotetaker(name, policy) && !isOurs(name))
      if (isProof && isNear(startedAt, booking)) return 'report'
    }
    if (isEvent(event, MeetingTranscribed) && uuids.has(event.data.uuid)) {
      const isStranger = ({ speaker }: { readonly speaker: string }): boolean =>
        speaker !== UNKNOWN_SPEAKER && !isOurs(speaker) && !isNotetaker(speaker, policy)
      if (event.data.transcript.some(isStranger)) return 'transcript'
    }
  }
  return null
}

/** Who speaks where the platform does not say. */
export const UNKNOWN_SPEAKER = 'Unknown speaker'
