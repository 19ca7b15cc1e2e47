export { column, type Column, type GeneratedColumn } from './definition/column.ts'
export {
  defineProjection,
  type EvolveHandlers,
  type IndexDeclaration,
  type Projection,
  type ProjectionDeclaration,
  type RowOf,
  type RowOfColumns
} from './definition/define-projection.ts'
export {
  defineWriteProjection,
  type AnyProjection,
  type WriteProjection,
  type WriteProjectionDeclaration
} from './definition/define-write-projection.ts'
export { ProjectionError, type ProjectionErrorCode } from './errors.ts'
export {
  runProjections,
  type BatchReport,
  type ProjectionState,
  type RunningProjections,
  type RunOptions
} from './run/run-projections.ts'
export { watchProjections, type AppliedChange, type PositionWatch } from './run/position-watch.ts'
export type { ProjectionPosition } from './run/positions.ts'
export type { ProjectionLogger } from './run/logger.ts'
export { rowTypes } from './storage/row-codec.ts'
