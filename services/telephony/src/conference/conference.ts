import {
  ConferenceChangeRequested,
  ConferenceOpened,
  ConferenceReported,
  isEvent,
  ParticipantInvited,
  type ConferenceChange,
  type DataOf,
  type RecordedEvent
} from '@leadlog/contracts'

type Report = DataOf<typeof ConferenceReported>

/** A value with Twilio's count of the news that it is from. */
interface Counted<T> {
  readonly value: T
  readonly sequence: number
}

/** Somebody who is or was in a conference. */
export interface Participant {
  readonly callSid: string
  readonly present: Counted<boolean>
  readonly muted: Counted<boolean>
  readonly hold: Counted<boolean>
}

export interface Conference {
  readonly opened: boolean
  /** The call that is transferred in it. */
  readonly transferOf: string | null
  /** Twilio's id; null until somebody has joined. */
  readonly conferenceSid: string | null
  readonly ended: boolean
  /** Somebody wants it ended, whether it had begun or not. */
  readonly endRequested: boolean
  /** By the ids of their calls. */
  readonly participants: ReadonlyMap<string, Participant>
  /** Ids of the dials that call people into it. */
  readonly dials: readonly string[]
  /** What was asked for, the oldest first. */
  readonly changes: readonly { readonly changeId: string; readonly change: ConferenceChange }[]
  /** Counts of the news that were taken down. */
  readonly reported: ReadonlySet<number>
}

export const unknownConference: Conference = {
  opened: false,
  transferOf: null,
  conferenceSid: null,
  ended: false,
  endRequested: false,
  participants: new Map(),
  dials: [],
  changes: [],
  reported: new Set()
}

const absent: Omit<Participant, 'callSid'> = {
  present: { value: false, sequence: -1 },
  muted: { value: false, sequence: -1 },
  hold: { value: false, sequence: -1 }
}

export function evolveConference(conference: Conference, event: RecordedEvent): Conference {
  if (isEvent(event, ConferenceOpened))
    return { ...conference, opened: true, transferOf: event.data.transferOf ?? null }
  if (isEvent(event, ParticipantInvited)) return { ...conference, dials: [...conference.dials, event.data.dialId] }
  if (isEvent(event, ConferenceChangeRequested)) {
    const { changeId, change } = event.data
    const endRequested = conference.endRequested || change.kind === 'end'
    return { ...conference, endRequested, changes: [...conference.changes, { changeId, change }] }
  }
  return isEvent(event, ConferenceReported) ? withReport(conference, event.data) : conference
}

/** The same whatever order news come in: each thing is as the news said that Twilio counted highest, and an end is for ever. */
function withReport(conference: Conference, report: Report): Conference {
  const { conferenceSid, news, sequence, callSid, callId, muted, hold } = report
  const reported = new Set([...conference.reported, sequence])
  const ended = conference.ended || news === 'end'
  const known = { ...conference, conferenceSid, reported, ended }
  if (callSid === null || callId === null) return known
  const before = conference.participants.get(callId) ?? { callSid, ...absent }
  const after: Participant = {
    callSid,
    present: newer(before.present, news === 'leave' ? false : news === 'join' ? true : null, sequence),
    muted: newer(before.muted, muted, sequence),
    hold: newer(before.hold, hold, sequence)
  }
  return { ...known, participants: new Map([...conference.participants, [callId, after]]) }
}

function newer(before: Counted<boolean>, value: boolean | null, sequence: number): Counted<boolean> {
  return value === null || sequence <= before.sequence ? before : { value, sequence }
}

export function conferenceOf(events: readonly RecordedEvent[]): Conference {
  return events.reduce(evolveConference, unknownConference)
}

/** True for who is in a conference that goes on. Whoever was never said to have left may be. */
export function isIn({ ended, participants }: Conference, callId: string): boolean {
  const participant = participants.get(callId)
  if (ended || participant === undefined) return false
  return participant.present.value || participant.present.sequence < 0
}

export function isOver({ ended, endRequested }: Conference): boolean {
  return ended || endRequested
}
