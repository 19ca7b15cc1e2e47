import { MeetingsMerged, newEvent, type NewEvent } from '@leadlog/contracts'
import { keysOf, type Agenda, type AgendaMatch } from './agenda.ts'

/** One event per meeting that turned out to be the matched one, with all that moves over. */
export function mergeEvents(agenda: Agenda, personId: string, match: AgendaMatch): NewEvent[] {
  return match.mergedMeetingIds.map((mergedMeetingId) =>
    newEvent(MeetingsMerged, match.meetingId, {
      meetingId: match.meetingId,
      mergedMeetingId,
      personId,
      bookingUris: keysOf(agenda, [mergedMeetingId], 'booking'),
      sessionIds: keysOf(agenda, [mergedMeetingId], 'session')
    })
  )
}
