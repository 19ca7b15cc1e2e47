import type { RecordedEvent } from '@leadlog/contracts'
import type { Cause } from '../append/cause.ts'
import type { Logger } from '../logger.ts'
import type { Outcome } from './outcome.ts'

/** What a handler is told beside the event. */
export interface HandlerContext {
  /** How many times the message was delivered, this time included; above 1 an earlier run may have got anywhere. */
  readonly attempt: number
  /** The event as the cause of what the handler emits. */
  readonly cause: Cause
  /** Bound to the event, the handler and the correlation id. */
  readonly logger: Logger
  /** Aborted when the process must end and cannot wait longer. */
  readonly signal: AbortSignal
}

/** One event with its context. */
export interface Delivery {
  readonly event: RecordedEvent
  readonly context: HandlerContext
}

/** How a batch handler ended for one event: an outcome, or the error to decide on as for a single handler. */
export type BatchOutcome = Outcome | { readonly kind: 'failed'; readonly error: unknown }

/** A message that is given up, for who must be told. */
export interface GivenUp {
  /** From the header where the message could not be read. */
  readonly eventId: string | null
  /** Logical subject. */
  readonly subject: string
  readonly event: RecordedEvent | null
  /** The message as the cause of what is told; of the attempt that failed, where it ran. */
  readonly cause: Cause
  readonly code: string
  readonly message: string
}

/** What single and batch handlers have in common. */
export interface ConsumerSpec {
  readonly service: string
  readonly handler: string
  /** Logical stream name. */
  readonly stream: string
  /** Logical subjects, wildcards allowed. */
  readonly subjects: readonly string[]
  /** How many run at once in this process; also the most messages it holds (times the batch). */
  readonly concurrency: number
  /** Silence after which the server gives a message to another process; a running handler is never silent. */
  readonly ackWaitMs?: number | undefined
  readonly retryDelaysMs?: readonly number[] | undefined
  /** Where a new consumer begins: the whole stream (default) or what comes from now on. */
  readonly deliver?: 'all' | 'new' | undefined
  /** Events of other types are acknowledged unseen; versions of one event count as one type. */
  readonly types?: readonly string[] | undefined
  /** Messages of one key are handled one after another in stream order; the subject by default. */
  readonly orderKey?: ((event: RecordedEvent) => string) | undefined
  /** Runs before a message becomes a dead letter; when it fails, the message is given up a little later. */
  readonly onGiveUp?: ((given: GivenUp) => Promise<void>) | undefined
}

export interface HandlerSpec extends ConsumerSpec {
  handle(event: RecordedEvent, context: HandlerContext): Promise<void>
}

export interface BatchHandlerSpec extends ConsumerSpec {
  /** Most events in one batch. */
  readonly maxBatch: number
  /** How long the first event of a batch waits for more. */
  readonly maxBatchWaitMs: number
  /** One outcome per delivery, in the same order. When it throws, all of them failed with that error. */
  handleBatch(deliveries: readonly Delivery[]): Promise<readonly BatchOutcome[]>
}

/** What a running handler has done so far, in this process. */
export interface HandlerStats {
  /** Messages held: running or waiting for their turn. */
  readonly held: number
  readonly running: number
  readonly acked: number
  readonly retried: number
  readonly deferred: number
  readonly deadLettered: number
  readonly skipped: number
}

/** A started handler; whoever started it stops it. */
export interface RunningHandler {
  readonly name: string
  /**
   * Stops pulling, gives back what was not started and waits for what runs. After `graceMs` the handlers' signal is
   * aborted; it is waited for nevertheless.
   */
  stop(options?: { graceMs?: number }): Promise<void>
  stats(): HandlerStats
}
