import { ProjectionError } from '../errors.ts'
import type { Projection } from './define-projection.ts'
import type { AnyProjection } from './define-write-projection.ts'

/** @throws ProjectionError PROJECTION_NOT_FOLDABLE for a projection that writes its own SQL */
export function requireFold(projection: AnyProjection): Projection {
  if (projection.kind === 'fold') return projection
  throw new ProjectionError(
    'PROJECTION_NOT_FOLDABLE',
    `Projection ${projection.name} writes its own SQL: it has no as-of, no diff and no rebuild beside the live table; ` +
      'reset it to run it again from the beginning'
  )
}
