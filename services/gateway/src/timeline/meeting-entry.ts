import {
  BookingSuperseded,
  isEvent,
  isOwnBooking,
  MeetingAttendanceCorrected,
  MeetingAttended,
  MeetingBooked,
  MeetingCanceled,
  MeetingChangedAtZoom,
  MeetingHeld,
  MeetingNoShowCleared,
  MeetingNoShowMarked,
  MeetingNotAttended,
  MeetingNoteTaken,
  MeetingRecordingStored,
  MeetingRecordingUnavailable,
  MeetingReportUpdated,
  MeetingRescheduled,
  MeetingsMerged,
  type RecordedEvent
} from '@leadlog/contracts'
import type { TimelineEntry } from './timeline-entry.ts'

const CALENDAR = 'calendly'
/** Where somebody booked with ScheduleMeeting. */
const HERE = 'leadlog'
const NOTETAKER = 'readai'
const PLATFORM = 'zoom'

/** What a timeline says of a meeting's events. */
export function meetingEntry(event: RecordedEvent): TimelineEntry | null {
  if (isEvent(event, MeetingBooked) || isEvent(event, MeetingRescheduled)) {
    const { title, startsAt, bookedAt, host, bookingUri } = event.data
    const what = isEvent(event, MeetingBooked) ? 'Booked' : 'Moved'
    const detail = host.name === null ? title : `${title}, with ${host.name}`
    return entry(`${what}: ${startsAt}`, detail, bookedAt, calendarOf(bookingUri))
  }
  if (isEvent(event, BookingSuperseded)) {
    const { supersededAt, bookingUri } = event.data
    return entry('The earlier time was given up', null, supersededAt, calendarOf(bookingUri))
  }
  if (isEvent(event, MeetingCanceled)) {
    const { title, canceledAt, canceledBy, reason, bookingUri } = event.data
    const by = canceledBy === null ? '' : ` by the ${canceledBy}`
    return entry(`Canceled${by}`, reason ?? title, canceledAt, calendarOf(bookingUri))
  }
  if (isEvent(event, MeetingNoShowMarked)) {
    const { markedAt, bookingUri } = event.data
    return entry('Did not come', null, markedAt, calendarOf(bookingUri))
  }
  if (isEvent(event, MeetingNoShowCleared)) {
    const { clearedAt, bookingUri } = event.data
    return entry('Came after all: the mark was taken back', null, clearedAt, calendarOf(bookingUri))
  }
  if (isEvent(event, MeetingHeld) || isEvent(event, MeetingReportUpdated)) {
    const { title, durationMinutes, endedAt, summary } = event.data
    const what = isEvent(event, MeetingHeld) ? 'Held' : 'Report updated'
    return entry(`${what}: ${title}, ${Math.round(durationMinutes)} min`, summary, endedAt, NOTETAKER)
  }
  if (isEvent(event, MeetingNoteTaken)) {
    const { text, takenAt } = event.data
    return { kind: 'note', title: 'Noted in the meeting', detail: text, at: takenAt, source: 'manual' }
  }
  return platformEntry(event)
}

/** What the platform tells. */
function platformEntry(event: RecordedEvent): TimelineEntry | null {
  if (isEvent(event, MeetingAttended)) return entry('Came to the meeting', null, event.data.decidedAt, PLATFORM)
  if (isEvent(event, MeetingNotAttended)) {
    const detail = event.data.because === 'ended' ? 'The meeting ended without them' : 'The time of the meeting is over'
    return entry('Did not come', detail, event.data.decidedAt, PLATFORM)
  }
  if (isEvent(event, MeetingAttendanceCorrected)) {
    const { verdict, decidedAt } = event.data
    const title = verdict === 'attended' ? 'Came after all, as became known later' : 'Whether they came is not known'
    return entry(title, null, decidedAt, PLATFORM)
  }
  if (isEvent(event, MeetingChangedAtZoom)) {
    const { change, startsAt, changedAt } = event.data
    const title = change === 'deleted' ? 'Deleted in Zoom' : `Moved in Zoom: ${startsAt ?? 'no time'}`
    return entry(title, 'The booking is as it was: the customer was told nothing', changedAt, PLATFORM)
  }
  if (isEvent(event, MeetingRecordingStored)) {
    const title = event.data.kind === 'video' ? 'Video kept' : 'Sound kept'
    return event.data.kind === 'transcript' ? null : entry(title, null, event.data.storedAt, PLATFORM)
  }
  if (isEvent(event, MeetingRecordingUnavailable)) {
    return entry('Recording not available', event.data.detail, event.data.at, PLATFORM)
  }
  if (isEvent(event, MeetingsMerged))
    return entry('Two entries turned out to be one meeting', null, event.time, 'meetings')
  return null
}

function calendarOf(bookingUri: string): string {
  return isOwnBooking(bookingUri) ? HERE : CALENDAR
}

function entry(title: string, detail: string | null, at: string, source: string): TimelineEntry {
  return { kind: 'meeting', title, detail, at, source }
}
