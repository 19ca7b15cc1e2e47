import { streamSpecs, type EventLog } from '@leadlog/event-log'
import { JetStreamApiError, jetstreamManager } from '@nats-io/jetstream'

/** A stream and what it holds. */
export interface StreamState {
  readonly stream: string
  readonly description: string
  readonly exists: boolean
  readonly messages: number
  readonly bytes: number
  readonly subjects: number
  readonly firstSequence: number
  readonly lastSequence: number
  /** Null for an empty stream. */
  readonly lastTime: string | null
  readonly replicas: number
  readonly consumers: number
}

const NOT_FOUND = 10059

/** The streams of the system and its two buckets, in logical names. */
export async function streamStates(
  log: EventLog,
  options: { replicas: number; ingestMaxAgeMs: number }
): Promise<StreamState[]> {
  const manager = await jetstreamManager(log.connection, { checkAPI: false })
  const named = [
    ...streamSpecs(options, log.naming).map(({ name, description }) => ({
      name,
      description,
      stream: log.naming.stream(name)
    })),
    { name: 'KV_KEYS', description: 'Encryption keys', stream: `KV_${log.naming.bucket('KEYS')}` },
    { name: 'OBJ_OBJECTS', description: 'Data too large for a message', stream: `OBJ_${log.naming.bucket('OBJECTS')}` }
  ]
  return Promise.all(named.map(stateOf))

  async function stateOf({ name, description, stream }: (typeof named)[number]): Promise<StreamState> {
    try {
      const { config, state } = await manager.streams.info(stream)
      return {
        stream: name,
        description,
        exists: true,
        messages: state.messages,
        bytes: state.bytes,
        subjects: state.num_subjects ?? 0,
        firstSequence: state.first_seq,
        lastSequence: state.last_seq,
        lastTime: state.messages === 0 ? null : new Date(state.last_ts).toISOString(),
        replicas: config.num_replicas,
        consumers: state.consumer_count
      }
    } catch (error) {
      if (!(error instanceof JetStreamApiError) || error.code !== NOT_FOUND) throw error
      const empty = { messages: 0, bytes: 0, subjects: 0, firstSequence: 0, lastSequence: 0, replicas: 0, consumers: 0 }
      return { stream: name, description, exists: false, lastTime: null, ...empty }
    }
  }
}
