export type ProjectionErrorCode =
  /** The definition contradicts itself. Thrown when it is declared. */
  | 'PROJECTION_INVALID'
  /** Columns, indexes or event types changed while the version stayed. */
  | 'PROJECTION_SHAPE_CHANGED'
  /** Another instance, a swap or an operator moved the checkpoint; the batch was rolled back. */
  | 'PROJECTION_FENCED'
  /** `key` or `evolve` gave something that cannot be a row of the table. */
  | 'PROJECTION_ROW_INVALID'
  /** The projection is not a fold: it has no as-of, diff or rebuild beside the live table. */
  | 'PROJECTION_NOT_FOLDABLE'
  /** Another process is rebuilding the same projection. */
  | 'PROJECTION_REBUILD_RUNNING'
  /** There is no finished rebuild to compare or swap, or no previous table to go back to. */
  | 'PROJECTION_SLOT_MISSING'
  /** The rebuilt table could not be brought level with the live one. */
  | 'PROJECTION_REBUILD_BEHIND'

/** An error of a projection, with a stable code; the message says what to do. */
export class ProjectionError extends Error {
  readonly code: ProjectionErrorCode

  constructor(code: ProjectionErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'ProjectionError'
    this.code = code
  }
}
