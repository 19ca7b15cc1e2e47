import { PermanentError, refuse, type Refusal } from '@leadlog/contracts'
import { HttpProblem } from '@leadlog/service'

/** The provider's payload lacks something that the translation cannot do without. */
export function payloadInvalid(provider: string, problems: readonly string[]): PermanentError {
  return new PermanentError(
    'MEETINGS_PAYLOAD_INVALID',
    `The ${provider} payload cannot be translated: ${problems.join('; ')}. Correct the sender or the provider file, then retry the dead letter`
  )
}

/** A held meeting whose participants have no e-mail address at all: nobody to make a lead of. */
export function noAttendeeAddress(): PermanentError {
  return new PermanentError(
    'MEETINGS_NO_ATTENDEE_ADDRESS',
    'No participant of the meeting has an e-mail address, so there is nobody to make a lead of'
  )
}

/** Nobody let Leadlog act for this host in Zoom. */
export function zoomNotConnected(email: string): PermanentError {
  return new PermanentError('MEETINGS_ZOOM_NOT_CONNECTED', `${email} is not connected with Zoom: send ConnectZoom`)
}

/** The host, or an administrator of their account, took the permission back. */
export function zoomGrantRefused(email: string): PermanentError {
  return new PermanentError(
    'MEETINGS_ZOOM_GRANT_REFUSED',
    `Zoom does not let Leadlog act for ${email} any more: connect them again with ConnectZoom`
  )
}

/** A callback that nobody here is waiting for. */
export function zoomStateInvalid(): HttpProblem {
  return new HttpProblem(
    400,
    'MEETINGS_ZOOM_STATE_INVALID',
    'This connection was not begun here, was finished before, or is older than ten minutes: begin it again'
  )
}

/** Somebody else than the host is signed in at Zoom. */
export function zoomUserDiffers(email: string): HttpProblem {
  return new HttpProblem(
    409,
    'MEETINGS_ZOOM_USER_DIFFERS',
    `Another Zoom user than ${email} agreed: sign out at Zoom, and begin again as this user`
  )
}

export function timeInvalid(what: string): Refusal {
  return refuse(
    'MEETINGS_TIME_INVALID',
    `${what}. Write times such as 2026-12-01T15:00:00+01:00, the end after the start`
  )
}

export function timePast(what: string): Refusal {
  return refuse('MEETINGS_TIME_PAST', `${what}. Give a time that is still to come`)
}

export function timezoneUnknown(name: string): Refusal {
  return refuse('MEETINGS_TIMEZONE_UNKNOWN', `"${name}" is no time zone. Write one of IANA, such as America/New_York`)
}

export function hostUnknown(email: string): Refusal {
  return refuse(
    'MEETINGS_HOST_UNKNOWN',
    `${email} is nobody of ours. Invite them as a user, connect them with Zoom, or add their domain to OWN_DOMAINS`
  )
}

export function guestRepeated(): Refusal {
  return refuse('MEETINGS_GUEST_REPEATED', 'Customer, host and guests must be different people. Name each address once')
}

export function linkAndRoom(): Refusal {
  return refuse('MEETINGS_LINK_AND_ROOM', 'A joinUrl is given and a room is asked for. Leave one of them out')
}

/** Of a meeting that is to get a room. */
export function notConnectedForRoom(email: string): Refusal {
  return refuse(
    'MEETINGS_ZOOM_NOT_CONNECTED',
    `Nobody can open a Zoom meeting for ${email}. Connect them with ConnectZoom, set ZOOM_ACCOUNT_ID, or give a joinUrl`
  )
}

export function mailNotConfigured(): Refusal {
  return refuse('MEETINGS_MAIL_NOT_CONFIGURED', 'Nobody can be told by e-mail. Set SMTP_URL and start meetings again')
}

export function meetingUnknown(meetingId: string): Refusal {
  return refuse('MEETINGS_MEETING_UNKNOWN', `There is no booked meeting "${meetingId}". Its id stands in /v1/meetings`)
}

export function meetingCanceled(meetingId: string): Refusal {
  return refuse('MEETINGS_MEETING_CANCELED', `Meeting "${meetingId}" was canceled. Schedule another`)
}

export function meetingOver(meetingId: string): Refusal {
  return refuse('MEETINGS_MEETING_OVER', `Meeting "${meetingId}" is over. Schedule another`)
}

export function bookedElsewhere(verb: 'Move' | 'Cancel'): Refusal {
  return refuse(
    'MEETINGS_BOOKED_ELSEWHERE',
    `This meeting was booked at the calendar of others. ${verb} it there: the change comes back here by itself`
  )
}

export function roomsNotSetUp(): Refusal {
  return refuse(
    'MEETINGS_ZOOM_NOT_SET_UP',
    'Rooms are not opened here. Set DATABASE_URL, and ZOOM_ACCOUNT_ID or what ConnectZoom needs; or set a link with SetMeetingLink'
  )
}

export function hasLink(): Refusal {
  return refuse('MEETINGS_HAS_LINK', 'The meeting has a link already. Set another with SetMeetingLink, if need be')
}

export function hostMissing(): Refusal {
  return refuse('MEETINGS_HOST_MISSING', 'The booking names no host to open a room for. Set a link with SetMeetingLink')
}

/** @param detail what Zoom refused */
export function roomRefused(detail: string): Refusal {
  return refuse('MEETINGS_ROOM_REFUSED', `${detail} Mend that and ask again, or set a link with SetMeetingLink`)
}
