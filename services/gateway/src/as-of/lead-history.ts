import { aggregateSubject, type EventSource, type RecordedEvent } from '@leadlog/contracts'
import { foldAsOf } from '@leadlog/projections'
import { HttpProblem } from '@leadlog/service'
import { leadDetailOf, type LeadDetail } from '../leads/lead.schema.ts'
import { leads } from '../leads/leads.projection.ts'
import type { LeadRow } from '../leads/leads.table.ts'
import type { Moment } from './moment.ts'

/** A client that waits longer than this is better told to come again. */
const MAX_WAIT_MS = 5_000
const READ_EVENTS = 500
const READ_WAIT_MS = 20

/** A lead as it was, and the newest event that is part of it. */
export interface LeadAt {
  readonly lead: LeadDetail
  readonly event: RecordedEvent
}

/** What an event made of a lead; null where it was no lead then. */
export interface LeadStep {
  readonly event: RecordedEvent
  readonly lead: LeadDetail | null
}

/** The past of leads, folded from their own events in the log. */
export interface LeadHistory {
  /** Null where there was no such lead at the moment. @throws HttpProblem 503 HISTORY_AWAY when the log does not answer */
  at(id: string, moment: Moment | undefined): Promise<LeadAt | null>
  /** What each event up to the moment made of the lead, in the order of the log. @throws as `at` does */
  steps(id: string, moment: Moment | undefined): Promise<LeadStep[]>
}

/** Where the past is read. */
export interface HistorySource extends EventSource {
  get(stream: string, sequence: number): Promise<RecordedEvent | null>
}

export function createLeadHistory(source: HistorySource): LeadHistory {
  return {
    at: (id, moment) =>
      inTime(async (signal) => {
        const until = await placeOf(source, id, moment, signal)
        const place = until === undefined ? {} : { untilSequence: until }
        const { rows } = await foldAsOf({ projection: leads, source, key: id, signal, ...place })
        const row = rows.get(id)
        const event = row?.captured === true ? await source.get('EVENTS', row.sequence) : null
        return row && event ? { lead: leadDetailOf(row), event } : null
      }),
    steps: (id, moment) =>
      inTime(async (signal) => {
        const until = (await placeOf(source, id, moment, signal)) ?? Number.POSITIVE_INFINITY
        const steps: LeadStep[] = []
        let row: LeadRow | null = null
        for await (const event of eventsOf(source, id, signal)) {
          if (event.sequence > until) break
          row = leads.evolve(row, event, id)
          steps.push({ event, lead: row?.captured === true ? leadDetailOf(row) : null })
        }
        return steps
      })
  }
}

/**
 * The place of the log that a moment of the lead stands for; undefined for now. For a time it is that of the newest event
 * by then: what several processes record at once has times in another order than the log, and a link names places.
 */
async function placeOf(
  source: EventSource,
  id: string,
  moment: Moment | undefined,
  signal: AbortSignal
): Promise<number | undefined> {
  if (moment === undefined || 'sequence' in moment) return moment?.sequence
  let place = 0
  for await (const event of eventsOf(source, id, signal)) {
    if (Date.parse(event.time) <= moment.time.getTime()) place = event.sequence
  }
  return place
}

async function* eventsOf(source: EventSource, id: string, signal: AbortSignal): AsyncGenerator<RecordedEvent> {
  const end = await source.lastSequence('EVENTS')
  if (end < 1) return
  const request = {
    stream: 'EVENTS',
    fromSequence: 1,
    subjects: (leads.aggregatesOf(id) ?? []).map((ref) => `evt.${aggregateSubject(ref)}`),
    maxEvents: READ_EVENTS,
    maxWaitMs: READ_WAIT_MS,
    untilSequence: end,
    signal
  }
  const types = new Set(leads.subscriptions.flatMap((subscription) => [...subscription.types]))
  for await (const { events } of source.batches(request)) {
    for (const event of events) if (types.has(event.type) && leads.key(event).includes(id)) yield event
  }
  signal.throwIfAborted()
}

async function inTime<T>(read: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const signal = AbortSignal.timeout(MAX_WAIT_MS)
  try {
    return await read(signal)
  } catch (error) {
    if (!signal.aborted) throw error
    throw new HttpProblem(
      503,
      'HISTORY_AWAY',
      `The log did not tell the history within ${String(MAX_WAIT_MS / 1000)} s; ask again`,
      {
        retryAfterSeconds: 1,
        cause: error
      }
    )
  }
}
