import type { AnswerOf } from '../api/client.ts'
import { localDay } from './calendar.ts'

type Meeting = AnswerOf<'/v1/meetings/{id}'>
type Recording = Meeting['recordings'][number]

const MINUTE_MS = 60_000

/** When it is: `Fri, 20 Nov, 10:00 – 10:30`; the day once where it is one. */
export function whenWords(startsAt: string, endsAt: string | null, locale?: string): string {
  const format = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit'
  })
  return endsAt === null
    ? format.format(Date.parse(startsAt))
    : format.formatRange(Date.parse(startsAt), Date.parse(endsAt))
}

type Planned = Pick<Meeting, 'status' | 'startsAt' | 'endsAt'>

function isToCome({ status, startsAt, endsAt }: Planned, nowMs: number): boolean {
  const end = endsAt ?? startsAt
  return status === 'booked' && end !== null && Date.parse(end) > nowMs
}

/** Whether a meeting is still to come and was booked here, so that it can be moved and canceled here. */
export function canMove(meeting: Planned & Pick<Meeting, 'bookedHere'>, nowMs: number): boolean {
  return meeting.bookedHere && isToCome(meeting, nowMs)
}

/** What may be done with a meeting that is to come; nothing of one that is over, canceled or without a booking. */
export function possibleChanges(
  meeting: Planned & Pick<Meeting, 'bookedHere' | 'joinUrl' | 'bookings' | 'host'>,
  nowMs: number
): { readonly move: boolean; readonly openRoom: boolean; readonly setLink: boolean } {
  const { bookedHere, joinUrl, bookings, host } = meeting
  const possible = bookings.length > 0 && isToCome(meeting, nowMs)
  return {
    move: possible && bookedHere,
    openRoom: possible && joinUrl === null && host.email !== null,
    setLink: possible
  }
}

const ROOM_STATES: Readonly<Record<NonNullable<Meeting['room']>['state'], string>> = {
  opened: 'A Zoom room is open.',
  moved: 'The Zoom room has the new time.',
  link: 'Somebody set a link by hand.',
  closed: 'The Zoom room is closed.',
  failed: 'Zoom refused.'
}

export function roomWords(room: NonNullable<Meeting['room']>): string {
  if (room.failure === null) return ROOM_STATES[room.state]
  const doing = { open: 'open a room', move: 'move the room', close: 'close the room' }[room.failure.doing]
  return `Zoom did not ${doing}.`
}

const NEEDS_PERMISSION: readonly NonNullable<NonNullable<Meeting['room']>['failure']>['reason'][] = [
  'not-connected',
  'grant-refused',
  'scope-missing',
  'app-refused'
]

/** Whether a refusal of Zoom is mended by permitting more, and not at the meeting. */
export function lacksPermission({ failure }: Pick<NonNullable<Meeting['room']>, 'failure'>): boolean {
  return failure !== null && NEEDS_PERMISSION.includes(failure.reason)
}

const PROOFS: Readonly<Record<NonNullable<Meeting['attendance']['because']>, string>> = {
  participant: 'Somebody from outside was in the meeting.',
  report: 'The report of the notetaker names them.',
  transcript: 'Somebody from outside speaks in what was recorded.',
  ended: 'The host ended the meeting, and nobody from outside had come.',
  'time-passed': 'The time of the meeting is over, and nobody from outside had come.'
}

/** Whether the customer came, and why that is said. */
export function attendanceWords({ verdict, because }: Meeting['attendance']): { title: string; why: string | null } {
  const title = { attended: 'They came', 'not-attended': 'They did not come', unknown: 'Not known yet' }[verdict]
  return { title, why: because === null ? null : PROOFS[because] }
}

export function sideWords(side: 'ours' | 'notetaker' | 'outside'): string {
  return { ours: 'of ours', notetaker: 'notetaker', outside: 'from outside' }[side]
}

/** How long somebody was there: `12 min`; null where one end is not known. */
export function stayWords(joinedAt: string | null, leftAt: string | null): string | null {
  if (joinedAt === null || leftAt === null) return null
  return `${String(Math.max(1, Math.round((Date.parse(leftAt) - Date.parse(joinedAt)) / MINUTE_MS)))} min`
}

const GAPS: Readonly<Record<NonNullable<Recording['unavailableBecause']>, string>> = {
  expired: 'It was told of too late: what opens it at Zoom is good for a day.',
  refused: 'Zoom does not give it.',
  'too-large': 'It is larger than what may be kept.',
  unreadable: 'What Zoom gave is not what it said.',
  erased: 'Its person was erased.'
}

/** Why there is nothing to play; null where there is. */
export function whyNothingToPlay(recording: Recording): string | null {
  const { state, unavailableBecause, deletedBecause, mediaUrl } = recording
  if (state === 'waiting') return 'It is being fetched from Zoom.'
  if (state === 'unavailable') return unavailableBecause === null ? 'It cannot be had.' : GAPS[unavailableBecause]
  if (state === 'deleted') {
    return deletedBecause === 'erasure' ? 'It is deleted: its person was erased.' : 'It is deleted: its time was over.'
  }
  return mediaUrl === null ? 'There is nothing to play.' : null
}

/** The local time as a field for day and time takes it: `2026-11-30T09:30`. */
export function fieldTime(at: number): string {
  const date = new Date(at)
  const two = (part: number): string => String(part).padStart(2, '0')
  return `${localDay(at)}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/** Start and end of what such a field says; null where it says no time. */
export function spanOfField(value: string, minutes: number): { startsAt: string; endsAt: string } | null {
  const start = Date.parse(value)
  if (Number.isNaN(start)) return null
  return { startsAt: new Date(start).toISOString(), endsAt: new Date(start + minutes * MINUTE_MS).toISOString() }
}

/** The next half hour that has not begun. */
export function nextHalfHour(nowMs: number): number {
  return Math.ceil(nowMs / (30 * MINUTE_MS)) * 30 * MINUTE_MS
}

/** Minutes between two moments; the usual half hour where the end is not known. */
export function minutesOf(startsAt: string, endsAt: string | null): number {
  return endsAt === null ? 30 : Math.round((Date.parse(endsAt) - Date.parse(startsAt)) / MINUTE_MS)
}

/** The field of a form that a refusal is about; null where it is about the whole. */
export function fieldOfRefusal(code: string): 'time' | 'host' | 'guests' | 'link' | null {
  switch (code) {
    case 'MEETINGS_TIME_INVALID':
    case 'MEETINGS_TIME_PAST':
      return 'time'
    case 'MEETINGS_HOST_UNKNOWN':
    case 'MEETINGS_ZOOM_NOT_CONNECTED':
      return 'host'
    case 'MEETINGS_GUEST_REPEATED':
      return 'guests'
    case 'MEETINGS_LINK_AND_ROOM':
      return 'link'
    default:
      return null
  }
}
