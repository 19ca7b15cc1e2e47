import type { TwilioPrice } from './price.ts'

export type TwilioCallStatus =
  'queued' | 'initiated' | 'ringing' | 'in-progress' | 'completed' | 'busy' | 'failed' | 'no-answer' | 'canceled'

export type CallEventName = 'initiated' | 'ringing' | 'answered' | 'completed'

/** A call that Twilio is asked to make. */
export interface NewCall {
  readonly to: string
  readonly from: string
  /** What Twilio asks once it is answered. */
  readonly url: string
  /** Asked where `url` fails. */
  readonly fallbackUrl?: string
  readonly statusCallback: string
  readonly statusCallbackEvents: readonly CallEventName[]
  /** How long it rings. */
  readonly timeoutSeconds: number
  /** Whether a machine answers: told with the first request (`Enable`), or once its greeting has ended. */
  readonly machineDetection?: 'Enable' | 'DetectMessageEnd'
  readonly record?: boolean
  readonly recordingStatusCallback?: string
}

export type CallUpdate =
  | { readonly status: 'completed' | 'canceled' }
  | { readonly url: string; readonly fallbackUrl?: string }
  | { readonly twiml: string }

/** A call as Twilio keeps it. */
export interface TwilioCall {
  readonly sid: string
  readonly to: string
  readonly from: string
  readonly status: TwilioCallStatus
  readonly direction: string
  readonly createdAt: Date | null
  readonly startedAt: Date | null
  readonly endedAt: Date | null
  readonly durationSeconds: number | null
  readonly answeredBy: string | null
  readonly parentCallSid: string | null
  /** Of being connected; null until Twilio knows. */
  readonly price: TwilioPrice | null
}
