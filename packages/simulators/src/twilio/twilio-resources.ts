import type { JsonObject } from '../json.ts'
import { rfc2822 } from './rfc2822.ts'

export const API_VERSION = '2010-04-01'

const finalCallStatuses: readonly string[] = ['completed', 'busy', 'failed', 'no-answer', 'canceled']

/** Whether a call has come to its end. */
export const isOver = ({ status }: { status: string }): boolean => finalCallStatuses.includes(status)

/** Who said what, by the clock of the call. */
export interface Utterance {
  second: number
  /** `caller` is whoever is at the other end of our number. */
  who: 'caller' | 'app' | 'agent'
  text: string
}

/** A call as Twilio keeps it. Times are ISO 8601. */
export interface SimulatedCall {
  sid: string
  parentCallSid: string | null
  direction: 'inbound' | 'outbound-api' | 'outbound-dial'
  from: string
  to: string
  status: string
  createdAt: string
  updatedAt: string
  startedAt: string | null
  endedAt: string | null
  seconds: number | null
  queueTimeMs: number
  answeredBy: string | null
  url: string | null
  twiml: string | null
  fallbackUrl: string | null
  timeoutSeconds: number
  statusCallback: string | null
  statusCallbackEvents: string[]
  /** Number of the next status callback. */
  sequence: number
  record: boolean
  recordingStatusCallback: string | null
  machineDetection: string | null
  asyncAmdStatusCallback: string | null
  heard: string[]
  said: Utterance[]
  problems: string[]
  endedBy: string | null
}

export interface SimulatedMessage {
  sid: string
  direction: 'inbound' | 'outbound-api' | 'outbound-reply'
  from: string
  to: string
  body: string
  status: string
  createdAt: string
  updatedAt: string
  sentAt: string | null
  errorCode: number | null
  statusCallback: string | null
}

export interface SimulatedParticipant {
  callSid: string
  label: string | null
  muted: boolean
  hold: boolean
  startConferenceOnEnter: boolean
  endConferenceOnExit: boolean
  status: 'queued' | 'ringing' | 'connected' | 'complete' | 'failed'
  joinedAt: string
}

export interface SimulatedConference {
  sid: string
  friendlyName: string
  status: 'init' | 'in-progress' | 'completed'
  createdAt: string
  updatedAt: string
  participants: SimulatedParticipant[]
  statusCallback: string | null
  statusCallbackEvents: string[]
  sequence: number
  reasonEnded: string | null
  callSidEnding: string | null
}

export interface SimulatedRecording {
  sid: string
  callSid: string
  conferenceSid: string | null
  status: 'in-progress' | 'completed' | 'absent' | 'failed'
  createdAt: string
  updatedAt: string
  startedAt: string
  seconds: number
  channels: 1 | 2
  source: string
  /** What is heard in it, for a simulated transcription. */
  said: Utterance[]
}

const time = (iso: string | null): string | null => (iso === null ? null : rfc2822(new Date(iso)))

/** `(415) 555-0142` for numbers of North America, as they are for others. */
const formatted = (number: string): string => number.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '($1) $2-$3')

const uri = (accountSid: string, path: string): string => `/${API_VERSION}/Accounts/${accountSid}/${path}`

/** Twilio gives the token with the account, so that it must not be logged. */
export const showAccount = (accountSid: string, authToken: string): JsonObject => ({
  sid: accountSid,
  owner_account_sid: accountSid,
  friendly_name: 'Simulated account',
  status: 'active',
  type: 'Full',
  auth_token: authToken,
  date_created: time('2026-11-01T09:00:00.000Z'),
  date_updated: time('2026-11-01T09:00:00.000Z'),
  uri: `/${API_VERSION}/Accounts/${accountSid}.json`,
  subresource_uris: {
    calls: uri(accountSid, 'Calls.json'),
    messages: uri(accountSid, 'Messages.json'),
    conferences: uri(accountSid, 'Conferences.json'),
    recordings: uri(accountSid, 'Recordings.json')
  }
})

/** @param price as Twilio writes it; null while it does not know */
export const showCall = (accountSid: string, call: SimulatedCall, price: string | null = null): JsonObject => {
  const at = `Calls/${call.sid}`
  return {
    sid: call.sid,
    date_created: time(call.createdAt),
    date_updated: time(call.updatedAt),
    parent_call_sid: call.parentCallSid,
    account_sid: accountSid,
    to: call.to,
    to_formatted: formatted(call.to),
    from: call.from,
    from_formatted: formatted(call.from),
    phone_number_sid: null,
    status: call.status,
    start_time: time(call.startedAt),
    end_time: time(call.endedAt),
    duration: call.seconds === null ? null : String(call.seconds),
    price,
    price_unit: 'USD',
    direction: call.direction,
    answered_by: call.answeredBy,
    annotation: null,
    api_version: API_VERSION,
    forwarded_from: null,
    group_sid: null,
    caller_name: null,
    queue_time: String(call.queueTimeMs),
    trunk_sid: null,
    uri: uri(accountSid, `${at}.json`),
    subresource_uris: { recordings: uri(accountSid, `${at}/Recordings.json`) }
  }
}

const GSM = /^[\n\r !"#$%&'()*+,\-./0-9:;<=>?@A-Z_a-z¡£¤¥§¿ÄÅÆÇÉÑÖØÜßàäåæèéìñòöøùüΔΦΓΛΩΠΨΣΘΞ^{}\\[~\]|€]*$/
const GSM_TWO_PLACES = /[\^{}\\[~\]|€]/g

/** How many parts a text is sent in. */
export const segmentsOf = (body: string): number => {
  const gsm = GSM.test(body)
  const length = gsm ? body.length + (body.match(GSM_TWO_PLACES)?.length ?? 0) : body.length
  const [one, each] = gsm ? [160, 153] : [70, 67]
  return length <= one ? 1 : Math.ceil(length / each)
}

export const showMessage = (accountSid: string, message: SimulatedMessage, price: string | null = null): JsonObject => {
  const segments = segmentsOf(message.body)
  return {
    body: message.body,
    num_segments: String(segments),
    direction: message.direction,
    from: message.from,
    to: message.to,
    date_updated: time(message.updatedAt),
    price,
    error_message: message.errorCode === null ? null : `Error ${message.errorCode}`,
    uri: uri(accountSid, `Messages/${message.sid}.json`),
    account_sid: accountSid,
    num_media: '0',
    status: message.status,
    messaging_service_sid: null,
    sid: message.sid,
    date_sent: time(message.sentAt),
    date_created: time(message.createdAt),
    error_code: message.errorCode,
    price_unit: 'USD',
    api_version: API_VERSION,
    subresource_uris: { media: uri(accountSid, `Messages/${message.sid}/Media.json`) }
  }
}

export const showConference = (accountSid: string, conference: SimulatedConference): JsonObject => ({
  account_sid: accountSid,
  date_created: time(conference.createdAt),
  date_updated: time(conference.updatedAt),
  api_version: API_VERSION,
  friendly_name: conference.friendlyName,
  region: 'us1',
  sid: conference.sid,
  status: conference.status,
  uri: uri(accountSid, `Conferences/${conference.sid}.json`),
  subresource_uris: {
    participants: uri(accountSid, `Conferences/${conference.sid}/Participants.json`),
    recordings: uri(accountSid, `Conferences/${conference.sid}/Recordings.json`)
  },
  reason_conference_ended: conference.reasonEnded,
  call_sid_ending_conference: conference.callSidEnding
})

export const showParticipant = (
  accountSid: string,
  conference: SimulatedConference,
  participant: SimulatedParticipant
): JsonObject => ({
  account_sid: accountSid,
  call_sid: participant.callSid,
  label: participant.label,
  call_sid_to_coach: null,
  coaching: false,
  conference_sid: conference.sid,
  date_created: time(participant.joinedAt),
  date_updated: time(conference.updatedAt),
  end_conference_on_exit: participant.endConferenceOnExit,
  muted: participant.muted,
  hold: participant.hold,
  start_conference_on_enter: participant.startConferenceOnEnter,
  status: participant.status,
  queue_time: '0',
  uri: uri(accountSid, `Conferences/${conference.sid}/Participants/${participant.callSid}.json`)
})

export const showRecording = (
  accountSid: string,
  recording: SimulatedRecording,
  price: string | null = null
): JsonObject => {
  const at = uri(accountSid, `Recordings/${recording.sid}`)
  return {
    account_sid: accountSid,
    api_version: API_VERSION,
    call_sid: recording.callSid,
    conference_sid: recording.conferenceSid,
    date_created: time(recording.createdAt),
    date_updated: time(recording.updatedAt),
    start_time: time(recording.startedAt),
    duration: recording.status === 'completed' ? String(recording.seconds) : '-1',
    sid: recording.sid,
    price,
    price_unit: 'USD',
    status: recording.status,
    channels: recording.channels,
    source: recording.source,
    error_code: null,
    uri: `${at}.json`,
    encryption_details: null,
    subresource_uris: { transcriptions: `${at}/Transcriptions.json` },
    media_url: `https://api.twilio.com${at}`
  }
}
