import type { Pool } from 'pg'
import type { Projection } from '../definition/define-projection.ts'
import { ProjectionError } from '../errors.ts'
import { claimCheckpoint, type Checkpoint } from '../storage/checkpoint.ts'

/** @throws ProjectionError PROJECTION_FENCED when the rebuild was replaced by one of another version */
export async function claimRebuild(pool: Pool, projection: Projection, stream: string): Promise<Checkpoint> {
  const { name, version } = projection
  const checkpoint = await claimCheckpoint(pool, { projection: name, version, stream, slot: 'rebuild' })
  if (!checkpoint) throw rebuildReplaced(name)
  return checkpoint
}

export function rebuildReplaced(projection: string): ProjectionError {
  return new ProjectionError(
    'PROJECTION_FENCED',
    `The rebuild of ${projection} was replaced, swapped or discarded by somebody else; nothing more is written to it`
  )
}
