import { PermanentError } from '@leadlog/contracts'
import { JetStreamApiError } from '@nats-io/jetstream'
import { unavailable } from '../errors.ts'

/** "JetStream system temporarily unavailable": a cluster that has just started elects its leader. */
const TEMPORARILY_UNAVAILABLE = 10008

/**
 * Looks at or changes streams of a server that may not be ready yet.
 *
 * @throws TransientError EVENT_LOG_UNAVAILABLE where it did not answer or has no leader, else as the work does
 */
export async function onReadyServer<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const refused = error instanceof JetStreamApiError && error.code !== TEMPORARILY_UNAVAILABLE
    if (refused || error instanceof PermanentError) throw error
    throw unavailable(`JetStream is not ready: ${error instanceof Error ? error.message : String(error)}`, error)
  }
}
