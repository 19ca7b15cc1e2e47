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
    last: number('show so many messages of each stream first', { min: 0, max: 100_000, default: 0, short: 'n' }),
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
      await Promise.all(filter.streams.map((stream) => follow({ log, stream, filter, options, signal, show })))
    } finally {
      ends.abort()
    }
  }
})

async function follow({
  log,
  stream,
  filter,
  options,
  signal,
  show
}: {
  log: Awaited<ReturnType<Context['connect']['sealedLog']>>
  stream: string
  filter: EventFilter
  options: { since: Moment | undefined; last: number; noFollow: boolean }
  signal: AbortSignal
  show: (event: RecordedEvent) => Promise<void>
}): Promise<void> {
  const { first, last } = await streamRange(log, stream)
  const from = options.since ? await sequenceAt(log, stream, options.since) : Math.max(first, last + 1 - options.last)
  if (options.noFollow && from > last) return
  const batches = log.batches({
    stream,
    fromSequence: from,
    subjects: filter.subjects,
    maxEvents: BATCH_EVENTS,
    maxWaitMs: BATCH_WAIT_MS,
    ...(options.noFollow ? { untilSequence: last } : {}),
    signal
  })
  for await (const { events } of batches) {
    for (const event of events) if (filter.matches(event)) await show(event)
  }
}
