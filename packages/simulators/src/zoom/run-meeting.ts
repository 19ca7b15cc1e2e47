import { seededUuid } from '../seeded.ts'
import type { MeetingRun } from './meeting-run.ts'
import type { ZoomFile, ZoomInstance, ZoomMeeting } from './zoom-resources.ts'
import type { ZoomStore } from './zoom-store.ts'

const MINUTE_MS = 60_000
const SECONDS_A_LINE = 20
const FIRST_USER_ID = 16_778_240

/** Seconds only, as Zoom writes times. */
const timeAt = (ms: number): string => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z')

const clockOf = (seconds: number): string => new Date(seconds * 1000).toISOString().slice(11, 23)

/** What was said as WebVTT, one cue a line. */
const webVtt = (lines: readonly { speaker: string; text: string }[]): string =>
  `WEBVTT\r\n\r\n${lines
    .map(({ speaker, text }, index) => {
      const from = index * SECONDS_A_LINE
      return `${index + 1}\r\n${clockOf(from)} --> ${clockOf(from + SECONDS_A_LINE)}\r\n${speaker}: ${text}\r\n`
    })
    .join('\r\n')}`

/** The meeting takes place once, from beginning to end, and is kept with who was there and what was recorded. */
export const runMeeting = (store: ZoomStore, meeting: ZoomMeeting, run: MeetingRun): ZoomInstance => {
  const start = Date.parse(run.startsAt ?? meeting.startTime ?? meeting.createdAt)
  const uuid = store.nextUuid()
  const transcript = run.transcript === undefined ? '' : webVtt(run.transcript)
  const file = (fileType: ZoomFile['fileType'], extension: string, recordingType: string, size: number): ZoomFile => ({
    id: seededUuid('zoom file', uuid, fileType),
    fileType,
    extension,
    recordingType,
    size
  })
  const instance: ZoomInstance = {
    uuid,
    startedAt: timeAt(start),
    endedAt: timeAt(start + run.minutes * MINUTE_MS),
    participants: run.participants.map(({ name, email = '', joinsAfter = 0, leavesAfter = run.minutes }, index) => ({
      uuid: seededUuid('zoom participant', uuid, index).toUpperCase(),
      userId: String(FIRST_USER_ID + index * 1024),
      name,
      email,
      joinAt: timeAt(start + joinsAfter * MINUTE_MS),
      leaveAt: timeAt(start + leavesAfter * MINUTE_MS)
    })),
    files: [
      ...(run.recordingBytes === undefined
        ? []
        : [
            file('MP4', 'MP4', 'shared_screen_with_speaker_view', run.recordingBytes),
            file('M4A', 'M4A', 'audio_only', Math.max(1, Math.floor(run.recordingBytes / 4)))
          ]),
      ...(transcript === '' ? [] : [file('TRANSCRIPT', 'VTT', 'audio_transcript', Buffer.byteLength(transcript))])
    ],
    transcript
  }
  meeting.instances.push(instance)
  store.meetings.save(meeting)
  return instance
}
