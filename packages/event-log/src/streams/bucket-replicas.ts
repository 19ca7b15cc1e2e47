import { JetStreamApiError, type JetStreamManager } from '@nats-io/jetstream'
import type { Naming } from '../naming.ts'
import type { StreamDifference } from './stream-diff.ts'

const STREAM_NOT_FOUND = 10059

/** The streams behind the key bucket and the object stores; whoever needs one makes it, with the replicas of that time. */
export function bucketStreams(naming: Naming): string[] {
  return [`KV_${naming.bucket('KEYS')}`, `OBJ_${naming.bucket('OBJECTS')}`, `OBJ_${naming.bucket('FILES')}`]
}

/** How many replicas a bucket has and should have; none where it is right or not made yet. */
export async function bucketDifferences(
  manager: JetStreamManager,
  stream: string,
  replicas: number
): Promise<StreamDifference[]> {
  try {
    const { config } = await manager.streams.info(stream)
    if (config.num_replicas === replicas) return []
    return [{ field: 'num_replicas', is: config.num_replicas, shouldBe: replicas }]
  } catch (error) {
    if (error instanceof JetStreamApiError && error.code === STREAM_NOT_FOUND) return []
    throw error
  }
}
