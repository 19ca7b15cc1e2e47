import type { CallInstance } from 'twilio/lib/rest/api/v2010/account/call.js'
import type { ConferenceInstance } from 'twilio/lib/rest/api/v2010/account/conference.js'
import type { ParticipantInstance } from 'twilio/lib/rest/api/v2010/account/conference/participant.js'
import type { MessageInstance } from 'twilio/lib/rest/api/v2010/account/message.js'
import type { RecordingInstance } from 'twilio/lib/rest/api/v2010/account/recording.js'
import type { TwilioCall } from './call.ts'
import type { TwilioConference, TwilioParticipant } from './conference.ts'
import type { TwilioMessage } from './message.ts'
import { priceOf } from './price.ts'
import type { TwilioRecording } from './recording.ts'

export function callOf(call: CallInstance): TwilioCall {
  return {
    sid: call.sid,
    parentCallSid: text(call.parentCallSid),
    status: call.status,
    direction: call.direction,
    to: call.to,
    from: call.from,
    createdAt: date(call.dateCreated),
    startedAt: date(call.startTime),
    endedAt: date(call.endTime),
    durationSeconds: number(call.duration),
    answeredBy: text(call.answeredBy),
    price: priceOf(call.price, call.priceUnit)
  }
}

export function messageOf(message: MessageInstance): TwilioMessage {
  return {
    sid: message.sid,
    status: message.status,
    direction: message.direction,
    to: message.to,
    from: message.from,
    body: message.body,
    segments: number(message.numSegments),
    createdAt: date(message.dateCreated),
    sentAt: date(message.dateSent),
    errorCode: number(message.errorCode),
    price: priceOf(message.price, message.priceUnit)
  }
}

export function conferenceOf(conference: ConferenceInstance): TwilioConference {
  return {
    sid: conference.sid,
    friendlyName: conference.friendlyName,
    status: conference.status
  }
}

export function participantOf(participant: ParticipantInstance): TwilioParticipant {
  return {
    conferenceSid: participant.conferenceSid,
    callSid: participant.callSid,
    label: text(participant.label),
    status: participant.status,
    muted: participant.muted,
    hold: participant.hold,
    endConferenceOnExit: participant.endConferenceOnExit
  }
}

export function recordingOf(recording: RecordingInstance): TwilioRecording {
  return {
    sid: recording.sid,
    callSid: text(recording.callSid),
    conferenceSid: text(recording.conferenceSid),
    status: recording.status,
    durationSeconds: number(recording.duration),
    channels: number(recording.channels),
    source: text(recording.source),
    createdAt: date(recording.dateCreated),
    startedAt: date(recording.startTime),
    mediaUrl: text(recording.mediaUrl),
    price: priceOf(recording.price, recording.priceUnit)
  }
}

/** The SDK's types promise texts and dates where Twilio sends null. */
function text(value: string | null | undefined): string | null {
  return value === undefined || value === null || value === '' ? null : value
}

function date(value: Date | null | undefined): Date | null {
  return value instanceof Date && !Number.isNaN(value.getTime()) ? value : null
}

/** Twilio has -1 where it knows no duration. */
function number(value: string | number | null | undefined): number | null {
  if (value === undefined || value === null || value === '') return null
  const known = Number(value)
  return Number.isFinite(known) && known >= 0 ? known : null
}
