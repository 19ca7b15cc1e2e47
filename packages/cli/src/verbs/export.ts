import { moment } from '../declaration/moment.ts'
import { flag } from '../declaration/option.ts'
import { defineVerb } from '../declaration/verb.ts'
import { eventFilter, filterOptions } from '../events/event-filter.ts'
import { sequenceAt, streamRange } from '../events/sequence-at.ts'
import { redactedEvent } from '../events/shown-event.ts'
import { counted } from '../output/quantity.ts'

const READ_EVENTS = 1_000
const READ_WAIT_MS = 20

export const verb = defineVerb({
  description: [
    'Lines on standard output, in the order of the stream, one stream after another, with "stream" and "sequence" beside the fields of',
    'CloudEvents 1.0. Without --reveal personal fields are replaced by "[redacted]" and the master key is not needed.'
  ].join('\n'),
  options: {
    ...filterOptions,
    from: moment('begin here'),
    to: moment('end before this time, or with this sequence'),
    reveal: flag('open personal fields; needs the master key')
  },
  examples: [
    ['leadlog export --from 2026-11-18 --to 2026-11-19 > day.jsonl', 'a day'],
    ['leadlog export --stream EVENTS --type crm | gzip > leads.jsonl.gz', 'everything about leads'],
    ['leadlog export --correlation 858fae… --reveal', 'one webhook with all that it led to']
  ],
  async run({ connect, out, signal, progress }, { from, to, reveal, ...options }) {
    const filter = eventFilter(options)
    const log = reveal ? await connect.openLog() : await connect.sealedLog()
    const bar = progress('messages')
    let written = 0
    let unreadable = 0
    for (const stream of filter.streams) {
      const { first, last } = await streamRange(log, stream)
      const fromSequence = from ? await sequenceAt(log, stream, from) : first
      const end = to === undefined ? last : Math.min(last, (await sequenceAt(log, stream, to)) - ('time' in to ? 1 : 0))
      if (fromSequence > end) continue
      const request = { stream, subjects: filter.subjects, fromSequence, untilSequence: end }
      for await (const batch of log.batches({ ...request, maxEvents: READ_EVENTS, maxWaitMs: READ_WAIT_MS, signal })) {
        for (const event of batch.events) {
          if (!filter.matches(event)) continue
          const shown = reveal ? event : redactedEvent(event)
          await out.item(shown, () => JSON.stringify(shown))
          written++
        }
        unreadable += batch.unreadable.length
        bar.update({ label: stream, done: batch.throughSequence - fromSequence + 1, total: end - fromSequence + 1 })
      }
      signal.throwIfAborted()
    }
    bar.stop()
    out.note(
      `${counted(written, 'event')} written${unreadable > 0 ? `, ${String(unreadable)} messages could not be read` : ''}`
    )
  }
})
