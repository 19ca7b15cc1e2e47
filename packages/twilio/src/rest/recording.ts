import type { TwilioPrice } from './price.ts'

/** A recording as Twilio keeps it. */
export interface TwilioRecording {
  readonly sid: string
  readonly callSid: string | null
  readonly conferenceSid: string | null
  readonly status: string
  readonly durationSeconds: number | null
  readonly channels: number | null
  readonly source: string | null
  readonly createdAt: Date | null
  readonly startedAt: Date | null
  readonly mediaUrl: string | null
  /** Of making it; null where Twilio does not say. */
  readonly price: TwilioPrice | null
}
