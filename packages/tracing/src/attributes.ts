/**
 * The names of everything that a span may say, so that what leaves the system is written down in one place. Values are
 * names, counts and ids that the system made itself; never personal data, addresses with a query, or texts of errors.
 */
export const attributes = {
  eventId: 'leadlog.event.id',
  eventType: 'leadlog.event.type',
  correlationId: 'leadlog.correlation_id',
  handler: 'leadlog.handler',
  attempt: 'leadlog.attempt',
  outcome: 'leadlog.outcome',
  batchSize: 'leadlog.batch.size',
  vendor: 'leadlog.vendor',
  operation: 'leadlog.operation',
  lane: 'leadlog.lane',
  waitMs: 'leadlog.wait_ms',
  circuit: 'leadlog.circuit',
  projections: 'leadlog.projections',
  stream: 'messaging.destination.name',
  sequence: 'messaging.message.id',
  messagingSystem: 'messaging.system',
  messagingOperation: 'messaging.operation.type',
  method: 'http.request.method',
  route: 'http.route',
  status: 'http.response.status_code',
  server: 'server.address',
  errorType: 'error.type'
} as const

/** What a span says about itself, by its names here. */
export type SpanAttributes = Partial<Record<keyof typeof attributes, string | number>>

/** The attributes under the names that they are sent with. */
export function named(values: SpanAttributes): Record<string, string | number> {
  const result: Record<string, string | number> = {}
  for (const [name, value] of Object.entries(values)) result[attributes[name as keyof typeof attributes]] = value
  return result
}
