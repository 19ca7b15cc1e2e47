import type { EventSource } from '@leadlog/contracts'
import type { Pool } from 'pg'
import type { Projection } from '../definition/define-projection.ts'
import { ProjectionError } from '../errors.ts'
import type { ProjectionLogger } from './logger.ts'

/** Builds a new version's table beside the live one and swaps it in. */
export async function upgradeTable(options: {
  readonly projection: Projection
  readonly source: EventSource
  readonly pool: Pool
  readonly logger: ProjectionLogger
  readonly signal: AbortSignal
}): Promise<void> {
  throw new ProjectionError('PROJECTION_SLOT_MISSING', `Projection ${options.projection.name} needs a rebuild`)
}
