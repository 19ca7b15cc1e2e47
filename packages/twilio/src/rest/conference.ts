import type { CallEventName, TwilioCallStatus } from './call.ts'

export type ConferenceEventName =
  'start' | 'end' | 'join' | 'leave' | 'mute' | 'hold' | 'modify' | 'speaker' | 'announcement'

/** Somebody who is dialled into a conference. */
export interface NewParticipant {
  readonly to: string
  readonly from: string
  /** Names the participant in callbacks. */
  readonly label: string
  readonly statusCallback: string
  readonly statusCallbackEvents: readonly CallEventName[]
  readonly conferenceStatusCallback: string
  readonly conferenceStatusCallbackEvents: readonly ConferenceEventName[]
  readonly timeoutSeconds: number
  readonly endConferenceOnExit: boolean
  readonly startConferenceOnEnter: boolean
}

export interface ParticipantUpdate {
  readonly muted?: boolean
  readonly hold?: boolean
  /** What is played meanwhile. */
  readonly holdUrl?: string
  readonly endConferenceOnExit?: boolean
}

export interface ConferenceUpdate {
  readonly status: 'completed'
}

export interface TwilioParticipant {
  readonly callSid: string
  readonly conferenceSid: string
  readonly label: string | null
  readonly muted: boolean
  readonly hold: boolean
  /** Whether the conference ends for all with them. */
  readonly endConferenceOnExit: boolean
  readonly status: TwilioCallStatus | 'connected' | 'complete' | 'connecting'
}

export interface TwilioConference {
  readonly sid: string
  readonly friendlyName: string
  readonly status: 'init' | 'in-progress' | 'completed'
}
