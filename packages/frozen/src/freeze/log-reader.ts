import type { RecordedEvent } from '@leadlog/contracts'

/** What freezing reads of the log. */
export interface LogReader {
  /** An aggregate's whole history, personal fields opened. */
  history(subject: string): Promise<readonly RecordedEvent[]>
  /** What the event caused directly, failures included, each stream's in its order. */
  effectsOf(eventId: string): Promise<readonly RecordedEvent[]>
  /** A webhook's body as received. @throws FrozenError FROZEN_PAYLOAD_GONE where its key is destroyed */
  body(event: RecordedEvent): Promise<string>
  personId(email: string): string
}
