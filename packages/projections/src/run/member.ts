import type { RecordedEvent } from '@leadlog/contracts'
import type { PoolClient } from 'pg'
import type { AnyProjection } from '../definition/define-write-projection.ts'
import type { Subscription } from '../definition/subscription.ts'
import type { Slot } from '../definition/table-name.ts'
import type { ParkedEvent } from '../fold/fold-events.ts'
import type { Serial } from './serial.ts'

/** What a batch did to one projection. */
export interface BatchOutcome {
  /** Keys whose row was written or deleted, as far as readers see it; null where the projection cannot tell. */
  readonly changedKeys: readonly string[] | null
  /** All rows that were written or deleted; null where the projection cannot tell. */
  readonly changedRows: number | null
  readonly parked: readonly ParkedEvent[]
}

/** Applies events to the projection's tables, inside a transaction. `parkedKeys` may be added to. */
export type Applier = (
  client: PoolClient,
  events: readonly RecordedEvent[],
  parkedKeys: Set<string>
) => Promise<BatchOutcome>

/** One projection on one stream while this process owns it. */
export interface Member {
  readonly projection: AnyProjection
  readonly subscription: Subscription
  /** The copy of the table that it fills. */
  readonly slot: Slot
  readonly apply: Applier
  /** Shared by the streams of one projection: their batches never touch a row at the same time. */
  readonly serial: Serial
  /** Every event up to here is applied. */
  sequence: number
  epoch: string
  /** The keys to pass by, as of the generation; they are read again when it changed. */
  parked: { generation: string | null; keys: ReadonlySet<string> }
  /** True once this process no longer owns the projection. */
  retired: boolean
}
