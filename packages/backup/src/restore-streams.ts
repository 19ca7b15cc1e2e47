import type { StreamConfig } from '@nats-io/jetstream'
import { backupError, backupErrors } from './errors.ts'
import type { ConsumerEntry, StreamEntry } from './format/manifest.ts'
import { readPart, type BackupPlace } from './format/parts.ts'
import { counted, type OnProgress } from './progress.ts'
import { restoreConsumer } from './streams/consumer-positions.ts'
import { restoreSnapshot, type SnapshotHead } from './streams/stream-snapshot.ts'
import type { OpenNats } from './system.ts'

export interface StreamRestore {
  readonly nats: OpenNats
  /** Stands as the description of every stream until {@link unmarkStream}. */
  readonly mark: string
  /** Instead of the number that the streams had. */
  readonly replicas: number | null
  /** Also what is past its time, so that everything can be compared; for a drill. */
  readonly keepExpired: boolean
  readonly onProgress?: OnProgress | undefined
}

/** Makes one stream as it was, with its consumers. */
export async function restoreStream(
  restore: StreamRestore,
  place: BackupPlace,
  entry: StreamEntry,
  consumers: readonly ConsumerEntry[]
): Promise<void> {
  const { nats, mark, replicas, keepExpired, onProgress } = restore
  const config = {
    ...entry.config,
    description: mark,
    ...(replicas === null ? {} : { num_replicas: replicas }),
    ...(keepExpired ? { max_age: 0 } : {})
  }
  const head = { config, state: entry.state } as unknown as SnapshotHead
  const bytes = counted(readPart(place, entry.part), entry.logical, entry.part.bytes, onProgress)
  await restoreSnapshot(nats.connection, entry.name, head, bytes)
  const { state } = await nats.manager.streams.info(entry.name)
  if (state.last_seq < entry.lastSequence) {
    throw backupError(
      backupErrors.snapshotFailed,
      `Stream ${entry.name} ends at ${state.last_seq} after its restore, and should reach ${entry.lastSequence}. The backup cannot be used on this server; try another backup.`
    )
  }
  for (const consumer of consumers) {
    if (consumer.stream === entry.name) await restoreConsumer(nats.manager, consumer, replicas)
  }
}

/** Gives the stream its description back: services may use it. */
export async function unmarkStream({ nats }: Pick<StreamRestore, 'nats'>, entry: StreamEntry): Promise<void> {
  const { config } = await nats.manager.streams.info(entry.name)
  const description = entry.config['description']
  const wanted: StreamConfig = { ...config }
  if (typeof description === 'string') wanted.description = description
  else delete wanted.description
  await nats.manager.streams.update(entry.name, wanted)
}
