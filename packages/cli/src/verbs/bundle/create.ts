import { writeFile } from 'node:fs/promises'
import { moment, momentText, type Moment } from '../../declaration/moment.ts'
import { number, text } from '../../declaration/option.ts'
import { defineVerb, manyOrNone } from '../../declaration/verb.ts'
import { notFound, refused, usageError } from '../../errors.ts'
import { createEventFinder, type EventFinder } from '../../events/event-finder.ts'
import { resolveReference } from '../../events/resolve-reference.ts'
import { alsoOption, freeze } from '../../freeze/freeze.ts'
import { leftOutText } from '../../freeze/freeze-text.ts'
import { readEvents } from '../../freeze/log-reader.ts'
import { systemFacts } from '../../freeze/system-facts.ts'
import type { Context } from '../../context.ts'
import { counted } from '../../output/quantity.ts'
import { collectTrace } from '../../trace/collect-trace.ts'
import { version } from '../../version.ts'

export const verb = defineVerb({
  description: [
    'Holds the events with attempts and dead letters as CloudEvents, each event frozen with what its handlers knew and did, and of the',
    'system versions, configuration without secrets, streams, consumers and checkpoints. Persons are replaced by made-up ones, the same',
    'in the whole bundle. Who is only spoken of in a sentence is not recognised: name them with --also. Open it anywhere with leadlog bundle open.'
  ].join('\n'),
  arguments: {
    what: manyOrNone('events, webhooks, leads, meetings or CRM records: all that caused them and all they caused')
  },
  options: {
    from: moment('all events from here on'),
    to: moment('all events before this'),
    out: text('the file; leadlog-bundle-<time>.tar.gz here by default', { short: 'o', placeholder: '<file>' }),
    also: alsoOption,
    limit: number('at most so many events', { min: 1, max: 20_000, default: 2_000 })
  },
  examples: [
    ['leadlog bundle create 858fae21c3b04e0d9c4b1d2a3e4f5061', 'a webhook with everything it led to'],
    [
      'leadlog bundle create --from 2026-11-18T10:00Z --to 2026-11-18T10:15Z --out incident.tar.gz',
      'a quarter of an hour'
    ]
  ],
  exitCodes: {
    3: 'there are no such events',
    4: 'there are more events than the limit, or a personal value would be left'
  },
  async run(context, { what, from, to, out: named, also, limit }) {
    const { connect, out, now } = context
    if (what.length > 0 === (from !== undefined || to !== undefined)) {
      throw usageError('Say which events: by ids, or by --from and --to. See: leadlog bundle create --help')
    }
    const finder = await createEventFinder(context)
    const ids =
      what.length > 0 ? await idsAround(context, finder, what, limit) : await idsBetween(finder, from, to, limit)
    if (ids.length === 0) throw notFound('There are no events in this range')
    if (ids.length > limit) {
      throw refused('CLI_TOO_MANY', `These are more than ${String(limit)} events. Narrow the range, or raise --limit`)
    }
    const log = await connect.openLog()
    const events = await readEvents(log, await finder.find({ ids }, limit))
    const { frozenHandlers, packBundle } = await import('@leadlog/frozen')
    const handled = events.filter((event) => frozenHandlers.some((handler) => handler.takes(event)))
    const {
      events: frozen,
      leftOut,
      alongside,
      replaced
    } = await freeze(context, finder, handled, { also, alongside: events })
    const createdAt = now()
    const about =
      what.length > 0 ? `the causes and effects of ${counted(what.length, 'reference')}` : rangeText(from, to)
    const system = await systemFacts(context)
    const bytes = await packBundle({ createdAt, version, about, events: alongside, frozen, leftOut, system })
    const file = named ?? `leadlog-bundle-${createdAt.toISOString().replaceAll(':', '-')}.tar.gz`
    await writeFile(file, bytes)
    return {
      value: { file, bytes: bytes.length, events: events.length, frozen: frozen.length, replaced, leftOut },
      text: () =>
        [
          `${out.style.bold(file)}  ${about}: ${counted(events.length, 'event')}, ${String(frozen.length)} of them frozen with what handlers knew and did`,
          ...leftOutText(leftOut, out.style),
          out.style.dim(`${String(replaced)} names, addresses and numbers were replaced; none of them is in the file`),
          out.style.dim(`look at it, anywhere: leadlog bundle open ${file}`)
        ].join('\n')
    }
  }
})

async function idsAround(
  context: Context,
  finder: EventFinder,
  what: readonly string[],
  limit: number
): Promise<string[]> {
  const log = await context.connect.sealedLog()
  const ids = new Set<string>()
  for (const one of what) {
    const reference = await resolveReference(context, finder, one)
    for (const { id } of (await collectTrace(finder, log, reference, limit + 1)).nodes) ids.add(id)
  }
  return [...ids]
}

async function idsBetween(
  finder: EventFinder,
  from: Moment | undefined,
  to: Moment | undefined,
  limit: number
): Promise<string[]> {
  const rows = await finder.find({ ...bound('from', from), ...bound('to', to) }, limit + 1)
  return rows.map(({ id }) => id)
}

/** A sequence counts one stream only, and an incident goes over all. */
function bound<Name extends 'from' | 'to'>(name: Name, at: Moment | undefined): { [N in Name]?: string } {
  if (at === undefined) return {}
  if (!('time' in at)) throw usageError(`--${name} must be a time here, such as 2026-11-18T10:00Z or 15m`)
  return { [name]: at.time.toISOString() } as { [N in Name]?: string }
}

function rangeText(from: Moment | undefined, to: Moment | undefined): string {
  return [from && `from ${momentText(from)}`, to && `to ${momentText(to)}`].filter(Boolean).join(' ')
}
