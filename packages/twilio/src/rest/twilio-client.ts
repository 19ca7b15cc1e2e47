import type { Readable } from 'node:stream'
import type { Lane } from '@leadlog/contracts'
import type {
  ConferenceUpdate,
  NewParticipant,
  ParticipantUpdate,
  TwilioConference,
  TwilioParticipant
} from './conference.ts'
import type { TwilioAccount } from './account.ts'
import type { CallUpdate, NewCall, TwilioCall, TwilioCallStatus } from './call.ts'
import type { NewMessage, TwilioMessage } from './message.ts'
import type { TwilioRecording } from './recording.ts'

/**
 * Twilio's REST API as far as Leadlog uses it. Twilio has no key that makes a write harmless to repeat: what was asked
 * for without a usable answer must be looked for before it is asked for again. So put an id of your own into the
 * callback addresses; what was made then names itself.
 *
 * Every method
 *
 * @throws TransientError where nothing was done: no connection, or 429 (`OUTBOUND_RATE_LIMITED`, with `retryAfterMs`)
 * @throws OutcomeUnknownError where a write was sent and no usable answer came: a time-out, a lost connection, a 5xx
 * @throws PermanentError where Twilio refused; its code is `TWILIO_<Twilio's code>`, such as `TWILIO_21211`
 */
export interface TwilioClient {
  createCall(call: NewCall): Promise<TwilioCall>
  /** The newest first; all pages up to a bound of the implementation. */
  listCalls(filter: {
    readonly to?: string
    readonly from?: string
    /** Made then or later, by the second; also what is still queued. */
    readonly startedAfter?: Date
    readonly status?: TwilioCallStatus
    /** Legs that this call was put through to. */
    readonly parentCallSid?: string
    /** How many come with one request; few by default where a time is given: what was made a moment ago comes first. */
    readonly pageSize?: number
  }): Promise<readonly TwilioCall[]>
  call(sid: string): Promise<TwilioCall>
  /** Ends a call, or gives it other instructions. */
  updateCall(sid: string, update: CallUpdate): Promise<TwilioCall>

  sendMessage(message: NewMessage): Promise<TwilioMessage>
  listMessages(filter: {
    readonly to?: string
    readonly from?: string
    /** Made then or later, by the second; also what is not sent yet. */
    readonly sentAfter?: Date
    /** As of calls. */
    readonly pageSize?: number
  }): Promise<readonly TwilioMessage[]>
  message(sid: string): Promise<TwilioMessage>

  conferences(filter: {
    readonly friendlyName?: string
    readonly status?: TwilioConference['status']
  }): Promise<readonly TwilioConference[]>
  participants(conferenceSid: string): Promise<readonly TwilioParticipant[]>
  /** Dials somebody into a conference. The name of a conference may stand for its id, and opens it where there is none. */
  addParticipant(conference: string, participant: NewParticipant): Promise<TwilioParticipant>
  updateParticipant(conferenceSid: string, callSid: string, update: ParticipantUpdate): Promise<TwilioParticipant>
  removeParticipant(conferenceSid: string, callSid: string): Promise<void>
  updateConference(sid: string, update: ConferenceUpdate): Promise<TwilioConference>

  recording(sid: string): Promise<TwilioRecording>
  /**
   * The sound of a recording, as a stream. Read it to its end or destroy it: it holds a connection.
   *
   * @param url as Twilio gives it, with or without an extension (MP3 without), or the recording's sid
   * @param range as in the header, such as `bytes=0-1023`
   */
  recordingMedia(url: string, range?: string): Promise<RecordingMedia>
  /** Also done where there is none any more. */
  deleteRecording(sid: string): Promise<void>
}

/** A client with connections of its own. */
export interface TwilioConnection extends TwilioClient {
  /** The same connections with another lane of the budget. */
  inLane(lane: Lane): TwilioConnection
  /** The account itself: whether it is there, and whether it may be used. */
  account(signal: AbortSignal): Promise<TwilioAccount>
  /** The recordings of a call or a conference. */
  recordings(
    filter: { readonly callSid: string } | { readonly conferenceSid: string }
  ): Promise<readonly TwilioRecording[]>
  /** The recordings of the account that were made then or later, by the second; the newest first. */
  listRecordings(filter: { readonly createdAfter: Date }): Promise<readonly TwilioRecording[]>
  /** Closes the connections when the calls under way have ended. */
  close(): Promise<void>
}

export interface RecordingMedia {
  readonly status: number
  readonly contentType: string | null
  readonly contentLength: number | null
  readonly contentRange: string | null
  readonly body: Readable
}
