import {
  AgendaEntryAdded,
  BookingLinked,
  CancelMeeting,
  MeetingCanceled,
  MeetingLinkSet,
  MeetingRescheduled,
  MeetingsMerged,
  RescheduleMeeting,
  SetMeetingLink,
  TransientError,
  type NewEvent,
  type Refusal
} from '@leadlog/contracts'
import { defineCommandHandler, type CommandContext } from '@leadlog/service'
import { standingId } from '../agenda/agenda.ts'
import { agendaRef, meetingRef } from '../agenda/booking-aggregate.ts'
import type { MeetingsDeps } from '../deps.ts'
import { mailNotConfigured, meetingUnknown } from '../errors.ts'
import { cancel, comingBooking, move, setLink, type Change } from './change-meeting.ts'
import { agendaOf, loadMeeting, type LoadedMeeting } from './load-meeting.ts'
import { meetingOfHistory, standingBooking, type Meeting } from './meeting.ts'
import { spanOf } from './meeting-time.ts'
import { ownBookingUri } from './own-booking.ts'

/** Gives a meeting of ours another time. */
export const rescheduleMeetingCommand = defineCommandHandler({
  command: RescheduleMeeting,
  emits: [MeetingRescheduled, AgendaEntryAdded, BookingLinked, MeetingsMerged],
  handle: async (asked, deps: MeetingsDeps, context) => {
    const now = new Date(context.sentAt)
    const span = spanOf(asked, now)
    if ('refused' in span) return span
    const found = await loadMeeting(context.load, asked.meetingId)
    if (found === null) return meetingUnknown(asked.meetingId)
    if ((deps.invitations?.mailer ?? null) === null) return mailNotConfigured()
    const refusal = await change(context, found, (meeting, basis) => {
      const current = comingBooking(meeting, found.meetingId, now)
      return 'refused' in current ? current : move(basis, current, span, { uri: ownBookingUri(context.commandId), now })
    })
    if (refusal !== null) return refusal
    const after = await loadMeeting(context.load, found.meetingId)
    const bookingUri = after === null ? null : standingBooking(after.meeting)?.uri
    return { meetingId: found.meetingId, bookingUri: bookingUri ?? '', ...span }
  }
})

/** Cancels a meeting of ours. */
export const cancelMeetingCommand = defineCommandHandler({
  command: CancelMeeting,
  emits: [MeetingCanceled, AgendaEntryAdded, BookingLinked, MeetingsMerged],
  handle: async ({ meetingId, reason = null }, _deps: MeetingsDeps, context) => {
    const now = new Date(context.sentAt)
    const found = await loadMeeting(context.load, meetingId)
    if (found === null) return meetingUnknown(meetingId)
    const refusal = await change(context, found, (meeting, basis) => {
      if ((standingBooking(meeting)?.canceled ?? null) !== null) return []
      const current = comingBooking(meeting, found.meetingId, now)
      return 'refused' in current ? current : cancel(basis, current, { reason, now })
    })
    return refusal ?? { meetingId: found.meetingId }
  }
})

/** Gives a meeting a link by hand. */
export const setMeetingLinkCommand = defineCommandHandler({
  command: SetMeetingLink,
  emits: [MeetingLinkSet],
  handle: async ({ meetingId, joinUrl }, _deps: MeetingsDeps, context) => {
    const now = new Date(context.sentAt)
    const found = await loadMeeting(context.load, meetingId)
    if (found === null) return meetingUnknown(meetingId)
    const { personId } = found
    const refusal = await change(context, found, (meeting) => {
      const current = comingBooking(meeting, found.meetingId, now)
      if ('refused' in current) return current
      return setLink(meeting, { meetingId: found.meetingId, personId }, current, { joinUrl, now })
    })
    return refusal ?? { meetingId: found.meetingId }
  }
})

/** Decides over the meeting as it is when it is recorded. Null where that is done. */
async function change(
  { commandId, transact }: CommandContext,
  { meetingId, personId, absorbed }: LoadedMeeting,
  decide: (meeting: Meeting, basis: Change) => readonly NewEvent[] | Refusal
): Promise<Refusal | null> {
  const result = await transact({
    load: [agendaRef(personId), meetingRef(meetingId)],
    decide: ([agendaHistory, history]) => {
      const agenda = agendaOf(agendaHistory?.events ?? [])
      const events = history?.events ?? []
      if (standingId(agenda, meetingId) !== meetingId) {
        throw new TransientError('MEETINGS_AGENDA_CHANGED', 'The meeting was found to be another one meanwhile')
      }
      return decide(meetingOfHistory(events, absorbed), { agenda, history: events, personId, commandId })
    }
  })
  return 'refusal' in result ? result.refusal : null
}
