import { streamSizes, type EventLog } from '@leadlog/event-log'
import { counter, gauge, type ServiceMetrics } from '@leadlog/service'
import type { ReadDatabase } from './database/database.ts'
import { countOpenDeadLetters } from './dead-letters/dead-letters.queries.ts'
import { countOpenDisputes, countParkedPayments } from './payments/payments.queries.ts'

const STREAM = 'logical name of the stream'

/** What only the gateway can see: the state of the whole, not of one process. */
export const gatewayMetrics = {
  deadLettersOpen: gauge('leadlog_dead_letters_open', 'Dead letters that wait for a person', {
    owner: 'service that gave up',
    handler: 'name of the reactor'
  }),
  paymentsParked: gauge('leadlog_payments_parked', 'Money that came in, fits no invoice and waits for a person', {
    reason: 'why it does not fit'
  }),
  paymentsDisputed: gauge('leadlog_payments_disputed', 'Payments with an open dispute', {}),
  sharedReads: counter('leadlog_shared_reads_total', 'Reads of the gateway whose answer may serve all who ask alike', {
    outcome:
      '`kept`: answered before; `joined`: one was under way; `read`: asked of Postgres; `unsure`: nothing is shared, since changes cannot be followed'
  }),
  streamMessages: gauge('leadlog_stream_messages', 'Messages that a stream holds', { stream: STREAM }),
  streamBytes: gauge('leadlog_stream_bytes', 'Size of a stream in the server, without its replicas', { stream: STREAM })
} as const

/** Measures at each scrape. What is away leaves the last values. */
export function watchWhole(
  metrics: ServiceMetrics,
  sources: { db: ReadDatabase; log: Pick<EventLog, 'connection' | 'naming' | 'watch'> }
): void {
  metrics.gauge(gatewayMetrics.deadLettersOpen, async (open) => {
    const counts = await countOpenDeadLetters(sources.db)
    open.reset()
    for (const { service, handler, count } of counts) open.set({ owner: service, handler }, count)
  })
  metrics.gauge(gatewayMetrics.paymentsParked, async (parked) => {
    for (const [reason, count] of await countParkedPayments(sources.db)) parked.set({ reason }, count)
  })
  metrics.gauge(gatewayMetrics.paymentsDisputed, async (disputed) => {
    disputed.set(await countOpenDisputes(sources.db))
  })
  const bytes = metrics.gauge(gatewayMetrics.streamBytes)
  metrics.gauge(gatewayMetrics.streamMessages, async (messages) => {
    if (!sources.log.watch.online) return
    for (const size of await streamSizes(sources.log)) {
      messages.set({ stream: size.stream }, size.messages)
      bytes.set({ stream: size.stream }, size.bytes)
    }
  })
}
