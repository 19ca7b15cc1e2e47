import {
  BookingSuperseded,
  isEvent,
  MeetingAttendanceCorrected,
  MeetingAttended,
  MeetingBooked,
  MeetingCanceled,
  MeetingHeld,
  MeetingInstanceMoved,
  MeetingNotAttended,
  MeetingReportUpdated,
  MeetingRescheduled,
  MeetingsMerged,
  MeetingTranscribed
} from '@leadlog/contracts'
import { TimerDue, isPersonErased, type Cause } from '@leadlog/event-log'
import { defineReactor, type HandlerContext } from '@leadlog/service'
import { meetingRef } from '../agenda/booking-aggregate.ts'
import type { MeetingsDeps } from '../deps.ts'
import { loadMeeting } from '../meeting/load-meeting.ts'
import { wholeHistory } from '../meeting/meeting.ts'
import { instanceEvents, isInstanceEvent } from './instance-history.ts'
import { judge } from './judge.ts'

/** How the keys of its timers begin. */
const TIMER = 'attendance-'

const VERDICTS = [MeetingAttended, MeetingNotAttended, MeetingAttendanceCorrected] as const

/** Whatever shows who came → the verdict, or a timer for when it can be given. */
export const judgeAttendance = defineReactor({
  name: 'judge-attendance',
  on: [
    ...instanceEvents,
    MeetingInstanceMoved,
    MeetingTranscribed,
    MeetingHeld,
    MeetingReportUpdated,
    MeetingBooked,
    MeetingRescheduled,
    BookingSuperseded,
    MeetingCanceled,
    MeetingsMerged
  ],
  emits: VERDICTS,
  concurrency: 8,
  orderKey: (event) => (event.data as { personId: string }).personId,
  handle: (event, deps: MeetingsDeps, context) =>
    judgeNow(event.data.meetingId, { id: event.id, correlationId: event.correlationid }, deps, context)
})

/** The time for a verdict has come. */
export const judgeWhenDue = defineReactor({
  name: 'judge-when-due',
  on: [TimerDue],
  subjects: ['due.meetings.*'],
  emits: VERDICTS,
  concurrency: 8,
  handle: async (event, deps: MeetingsDeps, context) => {
    if (!event.data.key.startsWith(TIMER)) return
    const { meetingId } = event.data.payload as { meetingId: string }
    await judgeNow(meetingId, { id: event.id, correlationId: event.correlationid }, deps, context)
  }
})

async function judgeNow(
  anyId: string,
  cause: Cause,
  { log, attendance }: MeetingsDeps,
  context: HandlerContext
): Promise<void> {
  const { events } = await context.load(meetingRef(anyId))
  // Most meetings have no platform that tells; those that turned out to be another are looked at there.
  if (!events.some((event) => isInstanceEvent(event) || isEvent(event, MeetingsMerged))) return
  const loaded = await loadMeeting((ref) => context.load(ref), anyId)
  if (loaded === null) return
  const { meetingId, personId, absorbed } = loaded
  let dueAt: Date | null = null
  try {
    await context.transact({
      load: [meetingRef(meetingId)],
      decide: ([history]) => {
        const whole = wholeHistory(history?.events ?? [], absorbed)
        const judged = judge(meetingId, personId, whole, attendance, context.clock.now())
        dueAt = judged.dueAt
        return judged.events
      }
    })
  } catch (error) {
    if (!isPersonErased(error)) throw error
    return
  }
  await setTimer(dueAt, meetingId, cause, log)
}

async function setTimer(at: Date | null, meetingId: string, cause: Cause, log: MeetingsDeps['log']): Promise<void> {
  if (at === null) return
  await log.schedule({
    service: 'meetings',
    key: `${TIMER}${meetingId}`,
    at,
    payload: { meetingId },
    actor: 'service:meetings',
    cause
  })
}
