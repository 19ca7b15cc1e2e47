import type { Actor } from '@leadlog/contracts'
import type { ColumnType } from 'kysely'
import type { Estimate } from '../read/estimate.ts'
import type { Selection } from '../select/selection.ts'
import type { Variant } from '../variant/variant.ts'
import type { RecordProblem, Run, RunTotals } from './run.ts'

/** Read as the value it is, written as text. */
type Json<T> = ColumnType<T, string, string>
type OptionalJson<T> = ColumnType<T | null, string | null, string | null>

export type WhatIfTables = {
  'whatif.runs': {
    id: string
    state: Run['state']
    variant: Json<Variant>
    selection: Json<Selection>
    /** `bigint`, which the driver reads as text. */
    as_of: ColumnType<string, number, number>
    estimate: Json<Estimate>
    totals: OptionalJson<RunTotals>
    error: string | null
    actor: Actor
    created_at: Date
    finished_at: Date | null
  }
  'whatif.records': {
    run_id: string
    lead_id: string
    person_id: string
    crm_id: string | null
    /** How many fields would be different. */
    changed: number
    problems: Json<RecordProblem[]>
    sealed: string
    applied_at: Date | null
  }
  'whatif.answers': {
    key: string
    person_id: string
    sealed: string
    kept_at: Date
  }
}
