import { derivedId, type AggregateRef } from '@leadlog/contracts'

const PREFIX = 'conference-'

/** The room of a conference, as Twilio knows it: names are Twilio's to give ids to, so ours are in a space of their own. */
export function roomOf(conferenceId: string): string {
  return `${PREFIX}${conferenceId}`
}

/** The conference of a room; one that a flow's step has opened is known by Twilio's id, since its room may be used again. */
export function conferenceIdOf(room: string, conferenceSid: string): string {
  return room.startsWith(PREFIX) ? room.slice(PREFIX.length) : derivedId('twilio-conference', conferenceSid)
}

export function conferenceRef(conferenceId: string): AggregateRef {
  return { context: 'telephony', aggregate: 'conference', id: conferenceId }
}
