export { column, type Column, type GeneratedColumn } from './definition/column.ts'
export {
  defineProjection,
  type EvolveHandlers,
  type Expiry,
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
export { requireFold } from './definition/require-fold.ts'
export { tableOfSlot, type Slot, type TableName } from './definition/table-name.ts'
export { ProjectionError, type ProjectionErrorCode } from './errors.ts'
export { createBackOff } from './run/back-off.ts'
export { runProjections } from './run/run-projections.ts'
export type { BatchReport, ProjectionState, RunningProjections, RunOptions } from './run/run-options.ts'
export { watchProjections, type AppliedChange, type PositionWatch } from './run/position-watch.ts'
export { readPositions, type ProjectionPosition } from './run/positions.ts'
export type { ProjectionLogger } from './run/logger.ts'
export { rowTypes } from './storage/row-codec.ts'
export {
  rebuildProjection,
  type RebuildOptions,
  type RebuildProgress,
  type RebuildResult
} from './rebuild/rebuild-projection.ts'
export { rebuildProjections, type RebuildManyOptions } from './rebuild/rebuild-projections.ts'
export type { AlignOptions } from './rebuild/align-rebuild.ts'
export {
  compareTables,
  type ColumnDifference,
  type RowDifference,
  type TableComparison
} from './rebuild/compare-tables.ts'
export { discardTable, rollbackSwap, swapTables } from './rebuild/swap-tables.ts'
export { withRebuildLock } from './rebuild/rebuild-lock.ts'
export { resetWriteProjection } from './rebuild/reset-write-projection.ts'
export { tableChecksum, type TableChecksum } from './rebuild/table-checksum.ts'
export { foldAsOf, type AsOf, type AsOfOptions } from './as-of/fold-as-of.ts'
export { diffRows, type RowChange, type ValueDifference } from './as-of/diff-rows.ts'
export { listParked, type ParkedKey } from './parked/list-parked.ts'
export { discardParked, retryParked, type RetryOutcome } from './parked/retry-parked.ts'
export { isUnavailable } from './storage/failure-kind.ts'
