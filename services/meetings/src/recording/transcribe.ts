import { createHash } from 'node:crypto'
import {
  isEvent,
  MeetingTranscribed,
  newEvent,
  type DataOf,
  type MeetingRecordingReported,
  type NewEvent,
  type Participant,
  type RecordedEvent,
  type SpeakerBlock
} from '@leadlog/contracts'
import type { HandlerContext } from '@leadlog/service'
import { meetingRef } from '../agenda/booking-aggregate.ts'
import { instancesOf } from '../attendance/instance-history.ts'
import { UNKNOWN_SPEAKER } from '../attendance/judge.ts'
import { loadMeeting } from '../meeting/load-meeting.ts'
import { meetingOfHistory, standingBooking, wholeHistory, type BookingFacts } from '../meeting/meeting.ts'
import type { Gap } from './fetch-file.ts'
import { parseVtt } from './parse-vtt.ts'

type Report = DataOf<typeof MeetingRecordingReported>

/** A meeting under the id that it goes by now. */
interface WholeMeeting {
  readonly meetingId: string
  /** With those that turned out to be it. */
  readonly history: readonly RecordedEvent[]
  readonly absorbed: ReadonlyMap<string, readonly RecordedEvent[]>
}

export async function loadWhole(anyId: string, context: HandlerContext): Promise<WholeMeeting> {
  const loaded = await loadMeeting((ref) => context.load(ref), anyId)
  const { meetingId, absorbed } = loaded ?? { meetingId: anyId, absorbed: new Map<string, readonly RecordedEvent[]>() }
  const { events } = await context.load(meetingRef(meetingId))
  return { meetingId, history: wholeHistory(events, absorbed), absorbed }
}

export function isTranscribed(history: readonly RecordedEvent[], recordingId: string): boolean {
  return history.some((event) => isEvent(event, MeetingTranscribed) && event.data.recordingId === recordingId)
}

/** Records what was said. @returns why it cannot be; null where it is recorded */
export async function transcribe(
  report: Report,
  text: string,
  step: string,
  context: HandlerContext
): Promise<Gap | null> {
  const { recordingId } = report
  const { meetingId, history, absorbed } = await loadWhole(report.meetingId, context)
  const booking = bookingOf(history)
  if (booking === null) {
    return { reason: 'unreadable', detail: 'No booking of the meeting is known, so it is not known who was to speak' }
  }
  const transcript = transcriptOf(report, text, history, booking)
  await context.transact({
    step,
    load: [meetingRef(meetingId)],
    decide: ([newest]): NewEvent[] =>
      isTranscribed(wholeHistory(newest?.events ?? [], absorbed), recordingId)
        ? []
        : [newEvent(MeetingTranscribed, meetingId, { ...transcript, meetingId })]
  })
  return null
}

/** The booking that stands; while the next of a chain is not known, the last that is. */
function bookingOf(history: readonly RecordedEvent[]): BookingFacts | null {
  const meeting = meetingOfHistory(history)
  const known = [...meeting.bookings.values()].flatMap(({ facts }) => facts ?? [])
  return standingBooking(meeting)?.facts ?? known.at(-1) ?? null
}

function transcriptOf(
  report: Report,
  text: string,
  history: readonly RecordedEvent[],
  { customer, title, host, startsAt }: BookingFacts
): Omit<DataOf<typeof MeetingTranscribed>, 'meetingId'> {
  const { recordingId, personId, uuid } = report
  const instance = instancesOf(history).find((one) => one.uuid === uuid)
  const people = instance?.people ?? []
  const names = [host, customer, ...people].map(({ name }) => name)
  const cues = parseVtt(text, names)
  const startedAt = report.startedAt ?? instance?.startedAt ?? startsAt
  const start = Date.parse(startedAt)
  const transcript: SpeakerBlock[] = cues.map(({ startMs, endMs, speaker, words }) => ({
    startMs: start + startMs,
    endMs: start + endMs,
    speaker: speaker ?? UNKNOWN_SPEAKER,
    words
  }))
  const last = transcript.at(-1)?.endMs
  const endedAt = report.endedAt ?? instance?.endedAt ?? new Date(last ?? start).toISOString()
  const participants: Participant[] = [
    { name: host.name, email: host.email, external: false },
    { name: customer.name, email: customer.email, external: true },
    ...people
      .filter(({ side }) => side !== 'notetaker')
      .map(({ name, email, side }) => ({ name, email, external: side === 'outside' }))
  ]
  const contentDigest = createHash('sha256').update(JSON.stringify(cues)).digest('hex')
  return {
    ...{ personId, recordingId, uuid, customer, participants, title },
    ...{ startedAt, endedAt, transcript, contentDigest }
  }
}
