import {
  isEvent,
  newEvent,
  ReconciliationCompleted,
  ReconciliationStarted,
  refuse,
  type AggregateRef,
  type DataOf,
  type NewEvent,
  type RecordedEvent,
  type Refusal
} from '@leadlog/contracts'

/** What is known of a source's runs. */
export interface Runs {
  /** The run that was started last. */
  readonly last: DataOf<typeof ReconciliationStarted> | null
  readonly lastIsOpen: boolean
  /** End of the last run that saw everything; ISO 8601. */
  readonly lastSuccessAt: string | null
}

const NO_RUNS: Runs = { last: null, lastIsOpen: false, lastSuccessAt: null }

/** Folds the histories of {@link runRefs}, older first. */
export function runsOf(events: readonly RecordedEvent[]): Runs {
  return events.reduce<Runs>((runs, event) => {
    if (isEvent(event, ReconciliationStarted)) return { ...runs, last: event.data, lastIsOpen: true }
    if (!isEvent(event, ReconciliationCompleted)) return runs
    const { runId, complete, completedAt } = event.data
    return {
      ...runs,
      lastIsOpen: runs.lastIsOpen && runs.last?.runId !== runId,
      lastSuccessAt: complete ? completedAt : runs.lastSuccessAt
    }
  }, NO_RUNS)
}

/** A run that wants to begin. */
export interface StartRun extends DataOf<typeof ReconciliationStarted> {
  /** For a run on schedule: the least time since the start of the one before. */
  readonly everyMs: number
}

/**
 * One run of a source at a time, over all processes: the append is compare-and-set, so of two that start together one
 * is refused. A run whose process died blocks the source until its time is over.
 */
export function decideStart(runs: Runs, { everyMs, ...run }: StartRun): readonly NewEvent[] | Refusal {
  const { last, lastIsOpen } = runs
  if (last && lastIsOpen && last.endsBy > run.startedAt) {
    return refuse(
      'INGEST_RECONCILIATION_RUNS',
      `A reconciliation of ${run.source} runs since ${last.startedAt}; it ends by ${last.endsBy}. Try again then`
    )
  }
  if (last && run.trigger === 'schedule' && Date.parse(last.startedAt) + everyMs > Date.parse(run.startedAt)) {
    return refuse('INGEST_RECONCILIATION_NOT_DUE', `The last reconciliation of ${run.source} is recent enough`)
  }
  return [newEvent(ReconciliationStarted, historyId(run.source, new Date(run.startedAt)), run)]
}

/** The aggregates that hold a source's runs at that time: one a month, so that no history grows for ever. */
export function runRefs(source: string, at: Date): readonly AggregateRef[] {
  const before = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - 1, 1))
  return [before, at].map((month) => ({
    context: ReconciliationStarted.context,
    aggregate: ReconciliationStarted.aggregate,
    id: historyId(source, month)
  }))
}

/** The aggregate of the runs that start in that month. */
export function historyId(source: string, at: Date): string {
  return `${source}-${at.toISOString().slice(0, 7)}`
}
