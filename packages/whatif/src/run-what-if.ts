import type { Actor } from '@leadlog/contracts'
import { leadRef } from '@leadlog/crm/what-if'
import { leadStateOf, recordRef, recordStateOf } from '@leadlog/crm-sync/what-if'
import type { EventLog } from '@leadlog/event-log'
import type { Keyring } from '@leadlog/keyring'
import { compareLead, type Mappings } from './compare/compare-lead.ts'
import { WhatIfError } from './errors.ts'
import { estimate, type Estimate } from './read/estimate.ts'
import { readAgain, type NewResult, type ReadAgain } from './read/read-again.ts'
import { answerKeyOf, askedOf, type Reader } from './read/reader.ts'
import { findReadings, type PastReading } from './select/find-readings.ts'
import type { Selection } from './select/selection.ts'
import { addedTo, noTotals } from './store/add-totals.ts'
import type { RecordProblem, Run, RunRecord, RunTotals } from './store/run.ts'
import type { WhatIfStore } from './store/what-if-store.ts'
import { checkVariant } from './variant/check-variant.ts'
import type { Variant } from './variant/variant.ts'

/** Leads read and compared at a time; the model's budget is the real limit. */
const LEADS_AT_ONCE = 4

export interface WhatIfOptions {
  readonly log: EventLog
  readonly keyring: Keyring
  readonly store: WhatIfStore
  readonly id: string
  readonly actor: Actor
  readonly variant: Variant
  readonly selection: Selection
  /** Who reads; null where the variant leaves the readings as they are. */
  readonly reader: Reader | null
  readonly mappings: Mappings
  readonly clock: () => Date
  readonly signal: AbortSignal
  /** What it will take, before anything is asked; `false` ends it there. */
  readonly confirm?: (estimate: Estimate, found: FoundCounts) => Promise<boolean> | boolean
  /** Most that it may cost, in millionths of a US dollar. */
  readonly maxCostMicroUsd?: number
  readonly onProgress?: (progress: WhatIfProgress) => void
}

/** What a selection holds. */
export interface FoundCounts {
  readonly readings: number
  readonly leads: number
}

export interface WhatIfProgress {
  /** `select` reads the log, `read` reads and compares lead by lead. */
  readonly phase: 'select' | 'read'
  readonly done: number
  readonly total: number
  readonly costMicroUsd: number
}

/**
 * Tries a variant on past readings: what would the CRM records hold? Nothing is recorded in the log, nothing is sent
 * to the CRM, and nobody outside is asked but the model, where the variant names one. Answers that were given before
 * are taken again. What was found is kept as a run.
 *
 * @returns null where `confirm` declined
 * @throws WhatIfError for a variant or a selection that makes no sense, or an estimate above the limit; the signal's
 * reason after the run was kept as stopped
 */
export async function runWhatIf(options: WhatIfOptions): Promise<Run | null> {
  const { log, store, id, variant, selection, reader, clock, signal, onProgress } = options
  checkVariant(variant)
  const asOf = await log.lastSequence('EVENTS')
  const { readings, erased } = await findReadings(log, selection, asOf, signal, (done) =>
    onProgress?.({ phase: 'select', done, total: asOf, costMicroUsd: 0 })
  )
  if (readings.length === 0) {
    throw new WhatIfError('WHATIF_SELECTION_EMPTY', 'Nothing was read in this range. Widen the times or the filter')
  }
  const expected = await estimateOf(readings, options)
  if (options.maxCostMicroUsd !== undefined && expected.costMicroUsd > options.maxCostMicroUsd) {
    throw new WhatIfError(
      'WHATIF_TOO_EXPENSIVE',
      `It would cost about ${dollars(expected.costMicroUsd)}, more than the ${dollars(options.maxCostMicroUsd)} allowed. Select less or allow more`
    )
  }
  const leads = byLead(readings)
  const found = { readings: readings.length, leads: leads.length }
  if (options.confirm && !(await options.confirm(expected, found))) return null

  const begun = { id, variant, selection, asOf, estimate: expected, actor: options.actor, createdAt: clock() }
  await store.begin(begun)
  let totals: RunTotals = { ...noTotals, erased }
  const end = (state: 'done' | 'stopped' | 'failed', error: string | null) =>
    store.end(id, { state, totals, error, at: clock() })
  try {
    await inParallel(leads, LEADS_AT_ONCE, async (lead) => {
      signal.throwIfAborted()
      const answers = reader === null ? [] : await readAll(lead, reader, options)
      const record = await compared(lead, answers, options)
      await store.addRecord(id, record)
      totals = addedTo(totals, lead, answers, record)
      onProgress?.({ phase: 'read', done: totals.leads, total: leads.length, costMicroUsd: totals.costMicroUsd })
    })
  } catch (error) {
    await end(signal.aborted ? 'stopped' : 'failed', error instanceof Error ? error.message : String(error))
    throw error
  }
  await end('done', null)
  return store.run(id)
}

async function estimateOf(readings: readonly PastReading[], { reader, store }: WhatIfOptions): Promise<Estimate> {
  if (reader === null) return estimate(readings, null, () => true)
  const keys = new Map(readings.map((past) => [past, answerKeyOf(reader, askedOf(past, reader))]))
  const kept = await store.answered([...keys.values()])
  return estimate(readings, reader, (past) => kept.has(keys.get(past) ?? ''))
}

/** All readings of one lead, oldest first. */
type LeadReadings = readonly [PastReading, ...PastReading[]]

function byLead(readings: readonly PastReading[]): LeadReadings[] {
  const leads = new Map<string, [PastReading, ...PastReading[]]>()
  for (const past of readings) {
    const known = leads.get(past.reading.personId)
    if (known === undefined) leads.set(past.reading.personId, [past])
    else known.push(past)
  }
  return [...leads.values()]
}

async function readAll(lead: LeadReadings, reader: Reader, options: WhatIfOptions): Promise<ReadAgain[]> {
  const answers: ReadAgain[] = []
  for (const past of lead) answers.push(await readAgain(past, reader, options))
  return answers
}

async function compared(
  lead: LeadReadings,
  answers: readonly ReadAgain[],
  { log, mappings }: WhatIfOptions
): Promise<RunRecord> {
  const { personId } = lead[0].reading
  const [history, record] = await Promise.all([log.load(leadRef(personId)), log.load(recordRef(personId))])
  const { crmId, writtenFields } = recordStateOf(record.events, mappings.is.document.provider)
  const adoptions = answers.flatMap((answer, index) => {
    const past = lead[index]
    return answer.outcome === 'read' && past ? [{ result: answer.result, sequence: past.sequence }] : []
  })
  const results: NewResult[] = adoptions.map(({ result }) => result)
  const details = leadStateOf(history.events).details?.value
  return {
    leadId: personId,
    personId,
    crmId,
    name: details?.name ?? null,
    email: details?.email ?? null,
    differences: compareLead(history.events, results, mappings, writtenFields),
    adoptions,
    problems: answers.flatMap((answer, index): RecordProblem[] => {
      if (answer.outcome === 'read') return []
      return [{ extractionId: lead[index]?.reading.extractionId ?? '', outcome: answer.outcome, code: answer.code }]
    }),
    appliedAt: null
  }
}

/** Runs for each, some at a time; after a failure no further one is begun. */
async function inParallel<T>(items: readonly T[], atOnce: number, run: (item: T) => Promise<void>): Promise<void> {
  const waiting = items.values()
  const worker = async (): Promise<void> => {
    for (const item of waiting) await run(item)
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker))
}

/** Millionths of a US dollar as people write them. */
export function dollars(microUsd: number): string {
  return `$${(microUsd / 1_000_000).toFixed(microUsd > 0 && microUsd < 10_000 ? 4 : 2)}`
}
