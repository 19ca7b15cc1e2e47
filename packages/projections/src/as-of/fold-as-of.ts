import { aggregateSubject, type EventSource, type RecordedEvent } from '@leadlog/contracts'
import type { Projection } from '../definition/define-projection.ts'
import type { Subscription } from '../definition/subscription.ts'
import { foldEvents, keyEvents, type ParkedEvent } from '../fold/fold-events.ts'
import { readAhead } from '../run/read-ahead.ts'

const READ_EVENTS = 2_000
const READ_WAIT_MS = 20

/** Events are stamped by several machines, so their times may be out of order by this much, in milliseconds. */
const CLOCK_SKEW_MS = 60_000

export interface AsOfOptions<Row extends object> {
  readonly projection: Projection<Row>
  readonly source: EventSource
  /** One row only; read by its aggregates' subjects where the projection declares them. */
  readonly key?: string
  /**
   * Up to this sequence, inclusive, of EVENTS, or of the projection's first stream where it does not read EVENTS. Its
   * other streams are read up to that event's time.
   */
  readonly untilSequence?: number
  /** Up to this moment, inclusive, by the time at which events were recorded. */
  readonly untilTime?: Date
  readonly signal?: AbortSignal
}

export interface AsOf<Row> {
  /** Every row as it was, by key; at most one where a key was asked for. */
  readonly rows: ReadonlyMap<string, Row>
  /** The last sequence looked at, by stream. */
  readonly sequences: Readonly<Record<string, number>>
  /** Keys whose fold stopped at an event that could not be applied; their rows stand before it. */
  readonly stoppedKeys: readonly string[]
}

/**
 * The rows of a projection as of a moment, folded from the log without touching a table. All rows are held in memory
 * where no key is given.
 */
export async function foldAsOf<Row extends object>(options: AsOfOptions<Row>): Promise<AsOf<Row>> {
  const projection = options.projection as Projection
  const { source, key } = options
  const main =
    projection.subscriptions.find((subscription) => subscription.stream === 'EVENTS') ?? projection.subscriptions[0]
  const untilTime = options.untilTime?.getTime() ?? Number.POSITIVE_INFINITY
  const mainTime =
    main && options.untilSequence !== undefined && projection.subscriptions.length > 1
      ? await timeOf(source, main.stream, options.untilSequence)
      : Number.POSITIVE_INFINITY

  const rows = new Map<string, Readonly<Record<string, unknown>> | null>()
  const sequences: Record<string, number> = {}
  const stopped = new Set<string>()
  for (const subscription of projection.subscriptions) {
    const bounds = {
      untilSequence: subscription === main ? options.untilSequence : undefined,
      untilTime: subscription === main ? untilTime : Math.min(untilTime, mainTime)
    }
    const parkedKeys = new Set<string>()
    const parked: ParkedEvent[] = []
    for await (const { events, through } of readBounded(options, subscription, bounds)) {
      const { keyed } = keyEvents(projection, events, parkedKeys, parked)
      const wanted =
        key === undefined
          ? keyed
          : keyed.filter(({ keys }) => keys.includes(key)).map(({ event }) => ({ event, keys: [key] }))
      foldEvents(projection, wanted, rows, parkedKeys, parked)
      sequences[subscription.stream] = through
    }
    for (const stoppedKey of parkedKeys) if (key === undefined || stoppedKey === key) stopped.add(stoppedKey)
  }
  const present = [...rows].filter(([, row]) => row !== null)
  return { rows: new Map(present) as unknown as ReadonlyMap<string, Row>, sequences, stoppedKeys: [...stopped] }
}

async function* readBounded(
  options: Pick<AsOfOptions<never>, 'source' | 'key' | 'signal'> & { readonly projection: object },
  subscription: Subscription,
  bounds: { readonly untilSequence: number | undefined; readonly untilTime: number }
): AsyncGenerator<{ events: readonly RecordedEvent[]; through: number }, void, undefined> {
  const { source } = options
  const signal = options.signal ?? new AbortController().signal
  const { stream, types } = subscription
  const end = Math.min(bounds.untilSequence ?? Number.POSITIVE_INFINITY, await source.lastSequence(stream))
  if (end < 1) return
  const request = {
    stream,
    fromSequence: 1,
    subjects: subjectsOf(options.projection as Projection, subscription, options.key),
    maxEvents: READ_EVENTS,
    maxWaitMs: READ_WAIT_MS,
    untilSequence: end,
    signal
  }
  for await (const batch of readAhead(source, request)) {
    const events = batch.events.filter(
      (event) => types.has(event.type) && event.sequence <= end && Date.parse(event.time) <= bounds.untilTime
    )
    yield { events, through: Math.min(end, batch.throughSequence) }
    const newest = batch.events.at(-1)
    if (newest && Date.parse(newest.time) > bounds.untilTime + CLOCK_SKEW_MS) return
  }
  signal.throwIfAborted()
}

/** One key's events alone, where its aggregates are known; otherwise all that the projection takes. */
function subjectsOf(
  projection: Projection,
  subscription: Subscription,
  key: string | undefined
): readonly string[] | null {
  const refs = key === undefined || subscription.stream !== 'EVENTS' ? null : projection.aggregatesOf(key)
  return refs ? refs.map((ref) => `evt.${aggregateSubject(ref)}`) : subscription.subjects
}

/** When the event at the sequence was recorded; without end where there is none yet. */
async function timeOf(source: EventSource, stream: string, sequence: number): Promise<number> {
  if (sequence > (await source.lastSequence(stream))) return Number.POSITIVE_INFINITY
  const request = {
    stream,
    fromSequence: Math.max(1, sequence),
    subjects: null,
    maxEvents: 1,
    maxWaitMs: READ_WAIT_MS,
    untilSequence: sequence,
    signal: new AbortController().signal
  }
  for await (const batch of readAhead(source, request)) {
    const event = batch.events.at(-1)
    if (event) return Date.parse(event.time)
  }
  return Number.POSITIVE_INFINITY
}
