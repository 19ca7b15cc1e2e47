export { openEventLog, type OpenEventLogOptions } from './open-event-log.ts'
export type { EventLog } from './event-log.ts'
export { causeOf, type Cause } from './append/cause.ts'
export type { ExecuteRequest, TransactRequest, TransactResult } from './append/transact-request.ts'
export type { EraseWebhookRequest } from './erase/eraser.ts'
export type { AppendedWebhook, WebhookEntry, WebhookFacts } from './append/append-webhook.ts'
export type { Refusal, RefusalReason } from './append/refusals.ts'
export type { RecordRequest } from './append/record.ts'
export { withImagined } from './append/rehearse.ts'
export type { CommandOutcome, SentCommand } from './commands/command-outcome.ts'
export type { SendCommandRequest, SentCommandPlace } from './commands/send-command.ts'
export type { SettleCommandRequest } from './commands/settle-command.ts'
export type { StoredMessage } from './codec/message.ts'
export type { AggregateHistory } from './read/histories.ts'
export { createNaming, type Naming } from './naming.ts'
export { eventLogErrors } from './errors.ts'
export type { LogFunction, Logger } from './logger.ts'
export type { AppendOutcome, EventLogMetrics, HandledOutcome } from './metrics.ts'
export type { ConnectionWatch } from './server/connection-watch.ts'
export { connectToServers, type ConnectRequest } from './server/connect.ts'
export type { Durability } from './server/durability.ts'
export { assertServerVersion, compareVersions, MINIMUM_SERVER_VERSION } from './server/version-gate.ts'
export { streamSpecs, type StreamOptions, type StreamSpec } from './streams/stream-specs.ts'
export { streamSizes, type StreamSize } from './streams/stream-sizes.ts'
export type { StreamChange, StreamComparison } from './streams/streams.ts'
export type { StreamDifference } from './streams/stream-diff.ts'
export { mendingOf, NOT_READY_MARK, type Mending } from './streams/stream-mending.ts'
export { handlerAttention, type HandlerAttention } from './handlers/handler-attention.ts'
export { handlerBacklog } from './handlers/handler-backlog.ts'
export { startBatchHandler, startHandler } from './handlers/start-handler.ts'
export type {
  BatchHandlerSpec,
  BatchOutcome,
  ConsumerSpec,
  Delivery,
  GivenUp,
  HandlerContext,
  HandlerSpec,
  HandlerStats,
  RunningHandler
} from './handlers/handler-spec.ts'
export {
  decideOutcome,
  describeFailure,
  isPersonErased,
  UNEXPECTED_FAILURE,
  type Deliveries
} from './handlers/decide-outcome.ts'
export { DEFAULT_RETRY_DELAYS_MS, type DeadLetterReason, type Outcome, type RetryPolicy } from './handlers/outcome.ts'
export { failureFingerprint, redactedMessage } from './handlers/failure-text.ts'
export type { EventLogBatch, UnreadableMessage } from './read/read-batches.ts'
export { TimerDue } from './timers/timer-due.ts'
export type { TimerRef, TimerRequest } from './timers/timers.ts'
