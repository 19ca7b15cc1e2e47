import {
  ConferenceChangeRequested,
  ConferenceOpened,
  ConferenceReported,
  newEvent,
  ParticipantInvited,
  type ConferenceChange,
  type DataOf,
  type NewEvent,
  type Refusal
} from '@leadlog/contracts'
import { conferenceOver, conferenceUnknown, participantUnknown } from '../errors.ts'
import { isIn, isOver, type Conference } from './conference.ts'

export function openConference(conference: Conference, opened: DataOf<typeof ConferenceOpened>): readonly NewEvent[] {
  return conference.opened ? [] : [newEvent(ConferenceOpened, opened.conferenceId, opened)]
}

/** Somebody is called into it, by a dial of their own. */
export function inviteInto(
  conference: Conference,
  invited: DataOf<typeof ParticipantInvited>
): readonly NewEvent[] | Refusal {
  const { conferenceId } = invited
  if (!conference.opened) return conferenceUnknown(conferenceId)
  if (isOver(conference)) return conferenceOver()
  return [newEvent(ParticipantInvited, conferenceId, invited)]
}

/** What cannot be is refused: of a conference that is over, or of somebody who is not in it. */
export function changeConference(
  conference: Conference,
  requested: DataOf<typeof ConferenceChangeRequested>
): readonly NewEvent[] | Refusal {
  const { conferenceId, change } = requested
  if (!conference.opened && conference.conferenceSid === null) return conferenceUnknown(conferenceId)
  if (isOver(conference)) return conferenceOver()
  if (change.kind !== 'end' && !isIn(conference, change.callId)) return participantUnknown(change.callId)
  return [newEvent(ConferenceChangeRequested, conferenceId, requested)]
}

/**
 * Each of Twilio's news once, whatever its place in the order. A second conference that Twilio opened under the name of one that
 * is over is none of ours: who comes too late is let go.
 */
export function reportConference(
  conference: Conference,
  report: DataOf<typeof ConferenceReported>
): readonly NewEvent[] {
  const isOther = conference.conferenceSid !== null && conference.conferenceSid !== report.conferenceSid
  return isOther || conference.reported.has(report.sequence)
    ? []
    : [newEvent(ConferenceReported, report.conferenceId, report)]
}

/** Whether nothing was asked for since that takes the place of a change: then the later one holds. */
export function isNewest({ changes }: Conference, changeId: string): boolean {
  const asked = changes.find((one) => one.changeId === changeId)
  if (asked === undefined) return false
  return changes.findLast(({ change }) => isSameThing(change, asked.change))?.changeId === changeId
}

function isSameThing(one: ConferenceChange, other: ConferenceChange): boolean {
  const callId = (change: ConferenceChange): string | null => (change.kind === 'end' ? null : change.callId)
  return one.kind === other.kind && callId(one) === callId(other)
}
