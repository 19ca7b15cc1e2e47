import { counter, duration, gauge } from './definition.ts'

const HANDLER = 'name of the reactor'
const STREAM = 'logical name of the stream'
const PROJECTION = 'name of the projection'
const VENDOR = 'zoho, hubspot, gemini, openai, slack, calendly, readai'
const LANE = 'person, live, retry, bulk, replay'

/** What every service measures. The label `service` is on each of them. */
export const processMetrics = {
  httpDuration: duration('leadlog_http_request_duration_seconds', 'Time from request to answer', {
    method: 'HTTP method',
    route: 'pattern of the route, `unknown` for what is none',
    status: 'HTTP status of the answer'
  }),
  appendDuration: duration(
    'leadlog_append_duration_seconds',
    'Time until the log had answered an append; its count by outcome is the number of appends',
    { stream: STREAM, outcome: 'stored, duplicate, conflict, failed' }
  ),
  eventsRecorded: counter('leadlog_events_recorded_total', 'Events appended by decisions and webhooks stored', {
    type: 'type of the event, with its version'
  }),
  conflicts: counter('leadlog_append_conflicts_total', 'Decisions that met a newer event and were taken again', {
    handler: '`<service>-<reactor>` with the step'
  }),
  unreadable: counter('leadlog_unreadable_messages_total', 'Messages that a reader of batches passed over', {
    stream: STREAM
  }),
  natsConnected: gauge('leadlog_nats_connected', '1 while NATS is connected and new enough', {}),
  appendsRefused: gauge(
    'leadlog_appends_refused',
    '1 while the connected log did not store the newest append to a stream of the last 30 s',
    { stream: STREAM, reason: '`full`: out of space; `silent`: no confirmation' }
  ),
  secretAge: gauge(
    'leadlog_secret_age_days',
    'Days since the oldest value of a secret that this service holds was first seen',
    {
      name: 'variable of the secret'
    }
  ),
  memoryLimit: gauge(
    'leadlog_process_memory_limit_bytes',
    'Memory that the process may use: that of its container, or of the machine',
    {}
  ),
  heapLimit: gauge('leadlog_process_heap_limit_bytes', 'Heap at which Node gives up', {})
} as const

/** What services with a database measure. */
export const postgresMetrics = {
  refused: gauge(
    'leadlog_postgres_refused',
    '1 while Postgres answered and refused a statement of the last 30 s for a reason of its own',
    { reason: '`full`: its disk; `memory`, `read-only`, `broken-disk`, `limits`' }
  )
} as const

/** What services with reactors measure. */
export const handlerMetrics = {
  handled: counter('leadlog_handled_messages_total', 'Messages that a handler finished an attempt at', {
    handler: HANDLER,
    outcome: 'ack, retry, defer, dead-letter'
  }),
  handleDuration: duration('leadlog_handle_duration_seconds', 'Time from the arrival of a message to its outcome', {
    handler: HANDLER
  }),
  redelivered: counter('leadlog_redelivered_messages_total', 'Messages that were delivered before', {
    handler: HANDLER
  }),
  inFlight: gauge(
    'leadlog_handler_in_flight_messages',
    'Messages that a handler holds, running or waiting for their turn',
    { handler: HANDLER }
  ),
  backlog: gauge(
    'leadlog_handler_backlog_messages',
    'Messages that a handler has not finished with, in all processes: the queue depth',
    { handler: HANDLER }
  )
} as const

/** What services with projections measure. */
export const projectionMetrics = {
  projected: counter('leadlog_projected_events_total', 'Events folded into a read model', { projection: PROJECTION }),
  lag: gauge(
    'leadlog_projection_lag_seconds',
    "Age of a batch's newest event when a projection had committed it; keeps its last value",
    { projection: PROJECTION, stream: STREAM }
  ),
  behindEvents: gauge(
    'leadlog_projection_behind_events',
    'Messages of the stream behind what is applied, of any kind',
    {
      projection: PROJECTION,
      stream: STREAM
    }
  ),
  behindSeconds: gauge(
    'leadlog_projection_behind_seconds',
    'Age of the newest applied event while there are newer ones; 0 when level',
    { projection: PROJECTION, stream: STREAM }
  ),
  parked: gauge(
    'leadlog_projection_parked_keys',
    'Rows of a read model that stand still because an event could not be applied',
    { projection: PROJECTION }
  )
} as const

/** What services that call a vendor measure. */
export const vendorMetricDefinitions = {
  outboundDuration: duration('leadlog_outbound_duration_seconds', 'Time an attempt at a call to a vendor took', {
    vendor: VENDOR,
    operation: 'name of the call in the code',
    outcome: 'ok, rejected, rate-limited, failed, unknown'
  }),
  outboundWait: duration('leadlog_outbound_wait_seconds', "Time a call waited for the vendor's budget", {
    vendor: VENDOR,
    lane: LANE
  }),
  rateLimitHits: counter('leadlog_rate_limit_hits_total', 'Answers of a vendor that there were too many calls', {
    vendor: VENDOR
  }),
  circuitState: gauge('leadlog_circuit_state', '0 closed, 1 half-open, 2 open', { vendor: VENDOR }),
  budgetUsed: gauge(
    'leadlog_budget_used_ratio',
    "Used part of the vendor account's budget, 0 to 1, over all processes as of this one's last call",
    { vendor: VENDOR, window: 'minute, day' }
  ),
  budgetWaiting: gauge('leadlog_budget_waiting_calls', 'Calls of this process that wait for the budget', {
    vendor: VENDOR,
    lane: LANE
  }),
  budgetShared: gauge('leadlog_budget_shared', '1 while the budget is shared through Redis, 0 while on its own', {
    vendor: VENDOR
  })
} as const
