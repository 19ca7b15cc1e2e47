/** A recording as Twilio keeps it. */
export interface TwilioRecording {
  readonly sid: string
  readonly callSid: string | null
  readonly conferenceSid: string | null
  readonly status: string
  readonly durationSeconds: number | null
  readonly channels: number | null
  readonly source: string | null
  readonly startedAt: Date | null
  readonly mediaUrl: string | null
}
