import type {
  AggregateRef,
  CommandDefinition,
  EventBatchRequest,
  EventCipher,
  EventDefinition,
  EventSource,
  RecordedEvent
} from '@leadlog/contracts'
import type { NatsConnection } from '@nats-io/transport-node'
import type { AppendedWebhook, WebhookEntry } from './append/append-webhook.ts'
import type { Refusal } from './append/refusals.ts'
import type { RecordRequest } from './append/record.ts'
import type { ExecuteRequest, TransactRequest, TransactResult } from './append/transact-request.ts'
import type { CommandOutcome, SentCommand } from './commands/command-outcome.ts'
import type { SendCommandRequest, SentCommandPlace } from './commands/send-command.ts'
import type { SettleCommandRequest } from './commands/settle-command.ts'
import type { EraseWebhookRequest } from './erase/eraser.ts'
import type { StoredMessage } from './codec/message.ts'
import type { Logger } from './logger.ts'
import type { EventLogMetrics } from './metrics.ts'
import type { Naming } from './naming.ts'
import type { AggregateHistory } from './read/histories.ts'
import type { EventLogBatch } from './read/read-batches.ts'
import type { ConnectionWatch } from './server/connection-watch.ts'
import type { Durability } from './server/durability.ts'
import type { StreamChange, StreamComparison } from './streams/streams.ts'
import type { TimerRef, TimerRequest } from './timers/timers.ts'

/** The log: append, load, read, and the streams themselves. Opened by {@link openEventLog}. */
export interface EventLog extends EventSource {
  readonly connection: NatsConnection
  readonly naming: Naming
  readonly logger: Logger
  readonly metrics: EventLogMetrics
  /** Whether the connection is up right now. */
  readonly watch: ConnectionWatch

  /** Version and durability of the server that the log is connected to. */
  serverInfo(): { version: string; durability: Durability }

  /** The streams that did not store the newest of what this process sent them in the last half minute, and why. */
  refusals(): readonly Refusal[]

  /** Sets what seals and opens personal fields; for a keyring that needs this log's connection to open. */
  useCipher(cipher: EventCipher): void

  /**
   * Creates the missing streams and widens those of an older release; with any other difference nothing is changed.
   *
   * @throws PermanentError EVENT_LOG_STREAM_DRIFT naming each stream and field that a person has to mend
   */
  ensureStreams(): Promise<void>

  /** Compares every stream, and the replicas of the buckets, with what the code wants. Changes nothing. */
  diffStreams(): Promise<StreamComparison[]>

  /** Creates the missing streams and mends those that differ; gives existing buckets the wanted replicas. */
  applyStreams(): Promise<StreamChange[]>

  /**
   * Stores one webhook in INGEST, once per event id for as long as the stream keeps it. What waits is stored as one
   * batch. When it resolves the webhook is stored; when it rejects it must be counted as not stored, and a repetition
   * is absorbed.
   *
   * @throws TransientError EVENT_LOG_UNAVAILABLE within two seconds; PermanentError EVENT_LOG_EVENT_INVALID
   */
  appendWebhook(entry: WebhookEntry): Promise<AppendedWebhook>

  /**
   * Replaces a raw webhook by a mark that keeps its place, so that a repeat is still a duplicate, then overwrites the
   * original and its object in the server's files. Can be repeated; false when there was nothing left to erase.
   *
   * @throws TransientError EVENT_LOG_UNAVAILABLE
   */
  eraseWebhook(request: EraseWebhookRequest): Promise<boolean>

  /** Overwrites a message in the server's files; false when it was gone. Streams that are permanent refuse it. */
  eraseMessage(stream: string, sequence: number): Promise<boolean>

  /** The aggregate's history in newest versions: from the cache, brought up to date in one round trip. */
  load(ref: AggregateRef): Promise<AggregateHistory>

  /**
   * Decides on loaded histories and appends the events together or not at all. Running it again for the same cause and
   * handler changes nothing and returns what was recorded. When a history grew meanwhile it is loaded and decided
   * again, a bounded number of times.
   *
   * @throws TransientError EVENT_LOG_CONTENTION or EVENT_LOG_UNAVAILABLE (the outcome may be unknown: run it again);
   * PermanentError EVENT_LOG_EVENT_INVALID
   */
  transact(request: TransactRequest): Promise<TransactResult>

  /**
   * What {@link transact} would append, without appending: for trying a handler. Nothing is written or sealed.
   *
   * @param imagined events of earlier rehearsals that are to count as recorded
   * @throws PermanentError EVENT_LOG_EVENT_INVALID; TransientError EVENT_LOG_UNAVAILABLE
   */
  rehearse(request: TransactRequest, imagined?: readonly RecordedEvent[]): Promise<TransactResult>

  /** {@link transact} with one decider and one aggregate. */
  execute<State, Command>(request: ExecuteRequest<State, Command>): Promise<TransactResult>

  /** Appends one event by its id to a subject outside EVENTS; `stored` is false when it was there already. */
  record<D extends EventDefinition>(request: RecordRequest<D>): Promise<{ stored: boolean; sequence: number | null }>

  /**
   * Batches in stream order, through restarts of the server. A message that cannot be read is named in `unreadable`,
   * logged and passed over: one broken message does not hold up every read model. With a subject filter an empty batch
   * tells, within a quarter of a second, that the stream went on without an event for this reader.
   */
  batches(request: EventBatchRequest): AsyncIterable<EventLogBatch>

  /** The event at a place, or null where the stream has none (any more). */
  get(stream: string, sequence: number): Promise<RecordedEvent | null>

  /** The newest event of a logical subject. */
  getLast(stream: string, subject: string): Promise<RecordedEvent | null>

  /**
   * Where to begin reading what was stored at that time or later: the sequence of the first such message, or the next
   * one that the stream will give.
   *
   * @throws TransientError EVENT_LOG_UNAVAILABLE
   */
  sequenceAt(stream: string, time: Date): Promise<number>

  /** Turns a stored message into an event. @throws PermanentError EVENT_LOG_EVENT_UNREADABLE */
  decode(message: StoredMessage): RecordedEvent | Promise<RecordedEvent>

  /** Keeps bytes that are too large for a message; whoever puts them seals them. */
  putObject(name: string, bytes: Uint8Array): Promise<void>
  getObject(name: string): Promise<Uint8Array | null>

  /**
   * Asks a service to do something, once per id for as long as COMMANDS keeps it (14 days): a repetition with the same
   * data changes nothing.
   *
   * @throws PermanentError EVENT_LOG_COMMAND_KEY_REUSED when the id was used with other data, EVENT_LOG_EVENT_INVALID;
   * TransientError EVENT_LOG_UNAVAILABLE
   */
  sendCommand<C extends CommandDefinition>(request: SendCommandRequest<C>): Promise<SentCommandPlace>

  /**
   * Records what became of a command and tells whoever waits. The first outcome stands, unless it was a failure: what
   * failed may still be done later. Returns the outcome that stands.
   */
  settleCommand(request: SettleCommandRequest): Promise<CommandOutcome>

  /** A command by its id; null for an unknown one. */
  findCommand(id: string): Promise<SentCommand | null>

  /** What became of a command; null while it is under way and for an unknown one. */
  findOutcome(id: string): Promise<CommandOutcome | null>

  /** Waits for {@link findOutcome}, for commands sent just now or long ago; null when nothing came within the time. */
  awaitOutcome(id: string, timeoutMs: number): Promise<CommandOutcome | null>

  /**
   * Lets the service find a TimerDue on `due.<service>.<key>` at that time. One timer per key: a later call moves it.
   *
   * @throws TransientError EVENT_LOG_UNAVAILABLE
   */
  schedule(request: TimerRequest): Promise<void>

  /** True when there was one to cancel; one that came due already cannot be called back. */
  cancelTimer(timer: TimerRef): Promise<boolean>

  /** Waits for what is under way, then closes the connection. Stop the handlers first. */
  close(): Promise<void>
}
