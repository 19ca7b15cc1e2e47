import {
  AckPolicy,
  DeliverPolicy,
  JetStreamApiError,
  jetstreamManager,
  ReplayPolicy,
  type ConsumerConfig
} from '@nats-io/jetstream'
import { nanos } from '@nats-io/transport-node'
import type { EventLog } from '../event-log.ts'
import type { ConsumerSpec } from './handler-spec.ts'

/** Long enough for a pause of the process or the network, short enough that a crashed one's messages come soon. */
export const DEFAULT_ACK_WAIT_MS = 30_000

/**
 * Messages that wait for their next attempt count as unacknowledged: with the server's default of 1,000 a vendor's
 * outage would soon stop the consumer. What a process holds is bounded by what it pulls.
 */
const MAX_ACK_PENDING = 20_000

const CONSUMER_NOT_FOUND = 10014

/** Creates the durable consumer, or brings one that differs up to the spec; where it had got to stays. Returns its name. */
export async function ensureConsumer(log: EventLog, spec: ConsumerSpec): Promise<string> {
  const { consumers } = await jetstreamManager(log.connection, { checkAPI: false })
  const stream = log.naming.stream(spec.stream)
  const durable = log.naming.durable(spec.service, spec.handler)
  const wanted = {
    filter_subjects: spec.subjects.map((subject) => log.naming.subject(subject)),
    ack_wait: nanos(spec.ackWaitMs ?? DEFAULT_ACK_WAIT_MS),
    max_ack_pending: MAX_ACK_PENDING,
    max_deliver: -1
  }
  try {
    const { config } = await consumers.info(stream, durable)
    if (differs(wanted, config)) await consumers.update(stream, durable, { ...config, ...wanted })
  } catch (error) {
    if (!(error instanceof JetStreamApiError && error.code === CONSUMER_NOT_FOUND)) throw error
    await consumers.add(stream, {
      ...wanted,
      durable_name: durable,
      ack_policy: AckPolicy.Explicit,
      deliver_policy: spec.deliver === 'new' ? DeliverPolicy.New : DeliverPolicy.All,
      replay_policy: ReplayPolicy.Instant
    })
  }
  return durable
}

function differs(wanted: Partial<ConsumerConfig>, config: ConsumerConfig): boolean {
  const { filter_subjects: subjects = [], ...rest } = wanted
  const present = config.filter_subjects ?? (config.filter_subject === undefined ? [] : [config.filter_subject])
  if (JSON.stringify([...present].sort()) !== JSON.stringify([...subjects].sort())) return true
  return Object.entries(rest).some(([field, value]) => (config as unknown as Record<string, unknown>)[field] !== value)
}
