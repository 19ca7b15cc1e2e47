import type { Customer, Participant, SpeakerBlock } from '@leadlog/contracts'

/** A notetaker's report of a held meeting, in our own words. */
export interface SessionReport {
  readonly sessionId: string
  readonly customer: Customer
  readonly participants: readonly Participant[]
  readonly title: string
  readonly startedAt: string
  readonly endedAt: string
  readonly durationMinutes: number
  readonly platform: string | null
  readonly platformMeetingId: string | null
  readonly reportUrl: string | null
  readonly summary: string | null
  readonly actionItems: readonly string[]
  readonly keyQuestions: readonly string[]
  readonly topics: readonly string[]
  readonly transcript: readonly SpeakerBlock[]
  readonly contentDigest: string
}
