import type {
  AggregateRef,
  Decider,
  EventDefinition,
  EventOf,
  FlagName,
  NewEvent,
  RecordedEvent,
  Refusal
} from '@leadlog/contracts'
import type { AggregateHistory, Logger, TransactResult } from '@leadlog/event-log'
import type { Clock } from '../clock.ts'

/** What a handler may do with the log; everything it appends is bound to the event it handles. */
export interface HandlerContext {
  /** 1 for the first delivery. */
  readonly attempt: number
  /**
   * Empty for a delivery by the stream; names the attempt where an operator asked for it. It belongs into a step whose
   * result a new attempt must be able to change: under the same step an earlier attempt's events are found and kept.
   */
  readonly attemptToken: string
  /** Effects on the outside that an operator told to be made once more by their names; empty otherwise. */
  readonly repeats: ReadonlySet<string>
  readonly logger: Logger
  readonly clock: Clock
  /** Aborted when the process must stop soon. */
  readonly signal: AbortSignal
  /** An aggregate's history. */
  load(ref: AggregateRef): Promise<AggregateHistory>
  /**
   * Decides over the histories and appends the result as one atomic batch; a handler that runs again finds its own
   * events and appends nothing.
   *
   * @throws PermanentError SERVICE_UNDECLARED_EVENT for an event that `emits` does not list
   */
  transact(request: {
    load: readonly AggregateRef[]
    readonly decide: (histories: readonly AggregateHistory[]) => readonly NewEvent[] | Refusal
    /** True where a decision of nothing stands whatever else is recorded: then it is taken on what is remembered. */
    readonly nothingIsFinal?: boolean
    /** Tells several transactions of one handler apart; their events' ids are derived from it. */
    step?: string
  }): Promise<TransactResult>
  execute<State, Command>(request: {
    ref: AggregateRef
    decider: Decider<State, Command>
    command: Command
    step?: string
  }): Promise<TransactResult>
}

/** What all kinds of handlers state about themselves. */
interface HandlerDeclaration {
  /** Kebab-case; the durable consumer is `<service>-<name>`. */
  readonly name: string
  readonly on: readonly EventDefinition[]
  readonly emits: readonly EventDefinition[]
  /**
   * Names of the effects on the outside that the handler makes once more where `context.repeats` holds them; its other
   * effects are never repeated.
   */
  readonly repeatable?: readonly string[]
  /** Its messages wait while this flag is off, whoever would have them handled. */
  readonly pausedBy?: FlagName
  /** Messages handled at once in one process. */
  readonly concurrency: number
  /** Narrows the subjects, for example to one provider's webhooks. */
  readonly subjects?: readonly string[]
  /** Messages of one key are handled one after another; by default the event's aggregate. */
  readonly orderKey?: (event: RecordedEvent) => string
}

/** Event in; effects and events out. */
export interface Reactor<Deps> extends HandlerDeclaration {
  readonly kind: 'single'
  handle(event: RecordedEvent, deps: Deps, context: HandlerContext): Promise<void>
}

/** Several events in at once, for vendors that take batches. Gives the error of each event that failed. */
export interface BatchReactor<Deps> extends HandlerDeclaration {
  readonly kind: 'batch'
  readonly maxBatch: number
  /** How long to wait for a batch to fill, in milliseconds. */
  readonly maxBatchWaitMs: number
  handleBatch(events: readonly BatchItem[], deps: Deps): Promise<readonly BatchOutcome[]>
}

export interface BatchItem<Event extends RecordedEvent = RecordedEvent> {
  readonly event: Event
  readonly context: HandlerContext
}

/** `done`, or the error by which the outcome is decided. */
export type BatchOutcome = { readonly done: true } | { readonly done: false; readonly error: unknown }

/** Declares a reactor; the event's type follows from `on`. */
export function defineReactor<const On extends readonly EventDefinition[], Deps>(
  declaration: Omit<HandlerDeclaration, 'on'> & {
    on: On
    handle(event: EventOf<On[number]>, deps: Deps, context: HandlerContext): Promise<void>
  }
): Reactor<Deps> {
  return { kind: 'single', ...(declaration as unknown as Omit<Reactor<Deps>, 'kind'>) }
}

/** Declares a batch reactor; the events' type follows from `on`. */
export function defineBatchReactor<const On extends readonly EventDefinition[], Deps>(
  declaration: Omit<HandlerDeclaration, 'on'> & {
    on: On
    maxBatch: number
    maxBatchWaitMs: number
    handleBatch(items: readonly BatchItem<EventOf<On[number]>>[], deps: Deps): Promise<readonly BatchOutcome[]>
  }
): BatchReactor<Deps> {
  return { kind: 'batch', ...(declaration as unknown as Omit<BatchReactor<Deps>, 'kind'>) }
}
