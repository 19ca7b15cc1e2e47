import { errorCodeOf, PULL_REFUSED } from './error-code.ts'
import { PermanentError, type DataOf, type ReconciliationCompleted } from '@leadlog/contracts'
import { HttpProblem } from '@leadlog/service'
import type { KnownWebhooks } from './known-webhooks.ts'
import type { PulledItem } from './pulled-item.ts'

type Completed = DataOf<typeof ReconciliationCompleted>

/** What a comparison found. */
export type Findings = Pick<
  Completed,
  'complete' | 'listed' | 'known' | 'ingested' | 'failed' | 'days' | 'ingestedIds' | 'failures' | 'problem'
>

/** Failures that the record names; more is told by the count. */
const MAX_FAILURES = 100

/** Brings in what is missing. `isNew` is false where it had come meanwhile. */
export type Ingest = (item: PulledItem) => Promise<{ readonly eventId: string; readonly isNew: boolean }>

/**
 * Goes through what a provider lists and ingests what had not come. An item that cannot be ingested is noted and does
 * not hold up the others; where the provider or the log fails, what was found so far is kept and `problem` says why the
 * rest is missing.
 */
export async function compare(
  items: AsyncIterable<PulledItem>,
  loadKnown: () => Promise<KnownWebhooks>,
  ingest: Ingest
): Promise<Findings> {
  const days = new Map<string, Completed['days'][number]>()
  const ingestedIds: string[] = []
  const failures: Completed['failures'] = []
  const count = (item: PulledItem, outcome: 'known' | 'ingested' | 'failed'): void => {
    const day = new Date(item.occurredAt).toISOString().slice(0, 10)
    const counts = days.get(day) ?? { day, listed: 0, known: 0, ingested: 0, failed: 0 }
    days.set(day, { ...counts, listed: counts.listed + 1, [outcome]: counts[outcome] + 1 })
  }
  const take = async (item: PulledItem, known: KnownWebhooks): Promise<void> => {
    if (known.has(item)) return count(item, 'known')
    try {
      const { eventId, isNew } = await ingest(item)
      if (isNew) ingestedIds.push(eventId)
      count(item, isNew ? 'ingested' : 'known')
      known.add(item)
    } catch (error) {
      if (!isOfTheItem(error)) throw error
      count(item, 'failed')
      if (failures.length < MAX_FAILURES) {
        failures.push({
          eventType: item.eventType,
          externalId: item.resources.join(' '),
          code: errorCodeOf(error),
          message: error.message
        })
      }
    }
  }
  let problem: Completed['problem'] = null
  try {
    const known = await loadKnown()
    for await (const item of items) await take(item, known)
  } catch (error) {
    problem = { code: errorCodeOf(error), message: error instanceof Error ? error.message : String(error) }
  }
  const ordered = [...days.values()].sort((a, b) => a.day.localeCompare(b.day))
  const sum = (name: 'listed' | 'known' | 'ingested' | 'failed'): number =>
    ordered.reduce((total, day) => total + day[name], 0)
  return {
    complete: problem === null,
    listed: sum('listed'),
    known: sum('known'),
    ingested: sum('ingested'),
    failed: sum('failed'),
    days: ordered,
    ingestedIds,
    failures,
    problem
  }
}

/** The vendor's refusal of everything is no matter of one item. */
function isOfTheItem(error: unknown): error is Error {
  if (error instanceof HttpProblem) return true
  return error instanceof PermanentError && errorCodeOf(error) !== PULL_REFUSED
}
