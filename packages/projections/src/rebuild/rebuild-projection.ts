import type { RebuildResult } from './build-table.ts'
import { rebuildProjections, type RebuildManyOptions } from './rebuild-projections.ts'
import type { Projection } from '../definition/define-projection.ts'

export type { RebuildProgress, RebuildResult } from './build-table.ts'

export interface RebuildOptions extends Omit<RebuildManyOptions, 'projections'> {
  readonly projection: Projection
}

/**
 * Builds a projection's table anew beside the live one, from the first event, while the live one is read and kept
 * level. Rows are folded in memory (bounded) and written in large batches with a checkpoint of their own, so an
 * interrupted rebuild, by a signal or by SIGKILL, goes on where it last wrote. Then compare and swap.
 *
 * @throws ProjectionError PROJECTION_REBUILD_RUNNING when another process is at it; the signal's reason when stopped
 */
export async function rebuildProjection({ projection, ...options }: RebuildOptions): Promise<RebuildResult> {
  const [result] = await rebuildProjections({ ...options, projections: [projection] })
  if (!result) throw new TypeError('one projection gives one result')
  return result
}
