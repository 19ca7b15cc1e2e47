import type { EventSource } from '@leadlog/contracts'
import type { Projection } from '../definition/define-projection.ts'
import type { Beginnings } from './forget-expired.ts'

/** Where the streams begin now that the projection declares to expire. */
export async function readBeginnings(source: EventSource, projection: Projection): Promise<Beginnings> {
  const streams = Object.keys(projection.expires)
  const firsts = await Promise.all(streams.map(async (stream) => [stream, await source.firstSequence(stream)] as const))
  return Object.fromEntries(firsts)
}
