import type { RecordedEvent } from '@leadlog/contracts'
import type { Context } from '../../context.ts'
import { flag, number } from '../../declaration/option.ts'
import { moment, type Moment } from '../../declaration/moment.ts'
import { defineVerb } from '../../declaration/verb.ts'
import { eventFilter, filterOptions, type EventFilter } from '../../events/event-filter.ts'
import { eventLine } from '../../events/event-line.ts'
import { indexed } from '../../events/indexed.ts'
import { sequenceAt, streamRange } from '../../events/sequence-at.ts'
import { redactedEvent } from '../../events/shown-event.ts'

/** Small, so that an event is shown at once. */
const BATCH_EVENTS = 200
const BATCH_WAIT_MS = 20

export const verb = defineVerb({
  description:
    'Goes on until Ctrl-C. Personal fields stay sealed unless --reveal is given (which needs the master key).',
  options: {
    ...filterOptions,
    since: moment('begin here instead of at the end'),
    last: number('show first what fits among the newest <n> messages, by time', {
      min: 0,
      max: 100_000,
      default: 0,
      short: 'n'
    }),
    noFollow: flag('end when everything that is there was shown'),
    reveal: flag('with --json, open personal fields')
  },
  examples: [
    ['leadlog events tail', 'everything, as it happens'],
    ['leadlog events tail --type crm-sync -n 100', 'what is written to the CRM, and the last hundred messages before'],
    ['leadlog events tail --since 15m --no-follow --json', 'the last quarter of an hour as JSON lines']
  ],
  async run(context, options) {
    const filter = eventFilter(options)
    const log = options.reveal ? await context.connect.openLog() : await context.connect.sealedLog()
    const show = async (event: RecordedEvent): Promise<void> => {
      const row = indexed(event)
      await context.out.item(options.reveal ? event : redactedEvent(event), () =>
        row === null ? `${event.time}  ${event.type}  ${event.id}` : eventLine(row, context.out.style)
      )
    }
    const ends = new AbortController()
    const signal = AbortSignal.any([context.signal, ends.signal])
    try {
      const starts = await Promise.all(filter.streams.map((stream) => startOf(log, stream, options)))
      const read = { log, filter, signal }
      await showPast(
        starts.map((start) => matching({ ...read, ...start, untilSequence: start.last })),
        options.since ? Infinity : options.last,
        show
      )
      if (options.noFollow || signal.aborted) return
      await Promise.all(
        starts.map(async ({ stream, last }) => {
          for await (const event of matching({ ...read, stream, from: last + 1 })) await show(event)
        })
      )
    } finally {
      ends.abort()
    }
  }
})

type Log = Awaited<ReturnType<Context['connect']['sealedLog']>>

/** Where a stream is begun to be read, and where it ends by now. */
async function startOf(
  log: Log,
  stream: string,
  { since, last: shown }: { readonly since: Moment | undefined; readonly last: number }
): Promise<{ stream: string; from: number; last: number }> {
  const { first, last } = await streamRange(log, stream)
  return { stream, last, from: since ? await sequenceAt(log, stream, since) : Math.max(first, last + 1 - shown) }
}

/** What fits of one stream, in its order; up to a sequence, or on and on. */
async function* matching({
  log,
  stream,
  filter,
  from,
  untilSequence,
  signal
}: {
  log: Log
  stream: string
  filter: EventFilter
  from: number
  untilSequence?: number
  signal: AbortSignal
}): AsyncGenerator<RecordedEvent> {
  if (untilSequence !== undefined && from > untilSequence) return
  const batches = log.batches({
    stream,
    fromSequence: from,
    subjects: filter.subjects,
    maxEvents: BATCH_EVENTS,
    maxWaitMs: BATCH_WAIT_MS,
    ...(untilSequence === undefined ? {} : { untilSequence }),
    signal
  })
  for await (const { events } of batches) {
    for (const event of events) if (filter.matches(event)) yield event
  }
}

/** What is there already, of all streams by time; the newest `most` of it. */
async function showPast(
  streams: readonly AsyncGenerator<RecordedEvent>[],
  most: number,
  show: (event: RecordedEvent) => Promise<void>
): Promise<void> {
  const kept: RecordedEvent[] = []
  for await (const event of byTime(streams)) {
    if (most === Infinity) await show(event)
    else if (kept.push(event) > most) kept.shift()
  }
  for (const event of kept) await show(event)
}

/** Merges streams that are each in their order. */
async function* byTime(streams: readonly AsyncGenerator<RecordedEvent>[]): AsyncGenerator<RecordedEvent> {
  const heads = await Promise.all(streams.map(async (rest) => ({ rest, head: await rest.next() })))
  for (;;) {
    const open = heads.filter(({ head }) => head.done !== true)
    const timeOf = ({ head }: (typeof heads)[number]): string => (head.value as RecordedEvent).time
    const [next] = open.sort((a, b) => timeOf(a).localeCompare(timeOf(b)))
    if (!next) return
    yield next.head.value as RecordedEvent
    next.head = await next.rest.next()
  }
}
