import type { Actor } from '@leadlog/contracts'
import type { Difference } from '../compare/difference.ts'
import type { Estimate } from '../read/estimate.ts'
import type { NewResult } from '../read/read-again.ts'
import type { Selection } from '../select/selection.ts'
import type { Variant } from '../variant/variant.ts'

/** What a run did, counted. */
export interface RunTotals {
  readonly readings: number
  /** Answers taken from earlier runs. */
  readonly kept: number
  readonly rejected: number
  readonly failed: number
  /** Requests made to a model's vendor. */
  readonly calls: number
  readonly inputTokens: number
  readonly outputTokens: number
  readonly costMicroUsd: number
  readonly leads: number
  readonly leadsChanged: number
  /** In how many records each CRM field would be different. */
  readonly changedByField: Readonly<Record<string, number>>
  /** Readings of erased persons, left out. */
  readonly erased: number
}

export interface Run {
  readonly id: string
  readonly state: 'running' | 'done' | 'stopped' | 'failed'
  readonly variant: Variant
  readonly selection: Selection
  /** Sequence of EVENTS up to which was looked. */
  readonly asOf: number
  readonly estimate: Estimate
  readonly totals: RunTotals | null
  readonly error: string | null
  readonly actor: Actor
  readonly createdAt: Date
  readonly finishedAt: Date | null
}

/** A reading that could not be compared. */
export interface RecordProblem {
  readonly extractionId: string
  readonly outcome: 'rejected' | 'failed'
  readonly code: string
}

/** A new reading as it would be put into force. */
export interface Adoption {
  readonly result: NewResult
  /** Sequence of the reading's newest event when it was compared: what came later makes the comparison stale. */
  readonly sequence: number
}

/** What a run found for one lead. */
export interface RunRecord {
  readonly leadId: string
  readonly personId: string
  /** Null where the lead has no CRM record yet. */
  readonly crmId: string | null
  readonly name: string | null
  readonly email: string | null
  readonly differences: readonly Difference[]
  readonly adoptions: readonly Adoption[]
  readonly problems: readonly RecordProblem[]
  readonly appliedAt: Date | null
}
