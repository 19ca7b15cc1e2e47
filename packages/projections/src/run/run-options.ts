import type { EventSource } from '@leadlog/contracts'
import type { Pool } from 'pg'
import type { AnyProjection } from '../definition/define-write-projection.ts'
import type { ProjectionLogger } from './logger.ts'
import type { PositionWatch } from './position-watch.ts'
import type { ProjectionPosition } from './positions.ts'

/**
 * - `running`: this process keeps it level
 * - `catching-up`: this process reads it apart from the others until it is level
 * - `standby`: another process runs it; this one takes over when that one ends
 * - `rebuilding`: its version is new; the table is being built beside the live one
 * - `superseded`: a newer release owns the table; this process leaves it alone
 */
export type ProjectionState = 'running' | 'catching-up' | 'standby' | 'rebuilding' | 'superseded'

/** What one committed batch did, for metrics. */
export interface BatchReport {
  readonly projection: string
  readonly stream: string
  readonly sequence: number
  readonly events: number
  /** Null where the projection cannot tell. */
  readonly changedRows: number | null
  readonly parkedEvents: number
  /** Of the whole batch, which level projections share. */
  readonly durationMs: number
  /** Age of the batch's newest event when it was committed. */
  readonly lagSeconds: number
}

export interface RunOptions {
  readonly source: EventSource
  /** Three connections are used at once at most, beside two of the runner's own. */
  readonly pool: Pool
  readonly projections: readonly AnyProjection[]
  readonly logger: ProjectionLogger
  readonly batch?: { readonly events?: number; readonly waitMs?: number }
  readonly clock?: () => Date
  /** How often rows of what streams have lost are looked for; an hour where absent, since streams keep theirs for days. */
  readonly forgetEveryMs?: number
  /** Called after each commit of this process. */
  readonly onBatch?: (report: BatchReport) => void
  /** Gives up the start while Postgres is away. */
  readonly signal?: AbortSignal
}

export interface RunningProjections {
  /** Where each projection stands, whichever process runs it. */
  positions(): Promise<readonly (ProjectionPosition & { readonly state: ProjectionState })[]>
  waitFor: PositionWatch['waitFor']
  onApplied: PositionWatch['onApplied']
  markOf: PositionWatch['markOf']
  /** Finishes the transactions in flight and gives the projections to whoever stands by. */
  stop(): Promise<void>
}
