/** How the handling of one message ended. */
export type HandledOutcome = 'ack' | 'retry' | 'defer' | 'dead-letter'

/** What the event log tells a metrics library; every callback is optional and must not throw. */
export interface EventLogMetrics {
  /** One append: how it ended and how long the caller waited, in milliseconds. */
  onAppend?(sample: { stream: string; outcome: AppendOutcome; durationMs: number }): void
  /** One atomic batch or single publish on the wire. */
  onFlight?(sample: { stream: string; units: number; messages: number; durationMs: number; stored: boolean }): void
  /** One event that was stored, by its type. */
  onRecorded?(sample: { stream: string; type: string }): void
  /** One message that a handler finished with. */
  onHandled?(sample: {
    service: string
    handler: string
    type: string | null
    outcome: HandledOutcome
    durationMs: number
  }): void
  /** A message that was delivered before. */
  onRedelivered?(sample: { service: string; handler: string; attempt: number }): void
  /** Messages that a handler holds, running or waiting for their turn. */
  onInFlight?(sample: { service: string; handler: string; count: number }): void
  /** A message of a stream that could not be read and was passed over by a batch reader. */
  onUnreadable?(sample: { stream: string; sequence: number }): void
  /** A transaction that met a newer event and decided again. */
  onConflict?(sample: { handler: string; attempt: number }): void
}

export type AppendOutcome = 'stored' | 'duplicate' | 'conflict' | 'failed'
