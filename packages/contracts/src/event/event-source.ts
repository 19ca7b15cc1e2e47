import type { RecordedEvent } from './envelope.ts'

/** A run of events in stream order, without a gap. */
export interface EventBatch {
  readonly events: readonly RecordedEvent[]
  /** Every message up to here was looked at, whether or not it is among the events. */
  readonly throughSequence: number
  /** True when the stream held nothing newer at that moment. */
  readonly caughtUp: boolean
}

export interface EventBatchRequest {
  /** Logical stream name, for example `EVENTS`. */
  readonly stream: string
  /** First sequence to deliver. */
  readonly fromSequence: number
  /** Subject filters such as `evt.crm.lead.>`; none means the whole stream. */
  readonly subjects?: readonly string[]
  readonly maxEvents: number
  /** How long to wait for a batch to fill, in milliseconds. */
  readonly maxWaitMs: number
  /** How long while events come thick, a few hundred a second: fewer, larger batches. As `maxWaitMs` where absent. */
  readonly busyWaitMs?: number | undefined
  /** Ends the iteration after the sequence; endless where absent. */
  readonly untilSequence?: number
  readonly signal: AbortSignal
}

/** Reads streams in order, without acknowledging anything: what projections, rebuilds and queries run on. */
export interface EventSource {
  /**
   * Batches in stream order. Reconnects by itself and continues behind the last batch delivered. A batch may be empty
   * of events when only its `throughSequence` moved on.
   */
  batches(request: EventBatchRequest): AsyncIterable<EventBatch>
  /** Sequence of the newest message of the stream; 0 for an empty one. */
  lastSequence(stream: string): Promise<number>
  /** Sequence of the oldest message that the stream still holds: everything below has expired, or never was. */
  firstSequence(stream: string): Promise<number>
}
