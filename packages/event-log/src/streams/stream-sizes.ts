import { jetstreamManager } from '@nats-io/jetstream'
import type { EventLog } from '../event-log.ts'
import { streamSpecs } from './stream-specs.ts'

/** How much a stream holds. */
export interface StreamSize {
  /** Logical name. */
  readonly stream: string
  readonly messages: number
  readonly bytes: number
  readonly lastSequence: number
}

/** What every stream holds now. One request for each; streams that are not there are left out. */
export async function streamSizes(log: Pick<EventLog, 'connection' | 'naming'>): Promise<StreamSize[]> {
  const { streams } = await jetstreamManager(log.connection, { checkAPI: false })
  const sizes = await Promise.all(
    streamSpecs({ replicas: 1, ingestMaxAgeMs: 0 }, log.naming).map(async ({ name }) => {
      const info = await streams.info(log.naming.stream(name)).catch(() => undefined)
      if (!info) return []
      const { messages, bytes, last_seq } = info.state
      return [{ stream: name, messages, bytes, lastSequence: last_seq }]
    })
  )
  return sizes.flat()
}
