import { eventRegistry } from '@leadlog/contracts'
import { momentText, moment, type Moment } from '../../declaration/moment.ts'
import { list, number } from '../../declaration/option.ts'
import { defineVerb, optionalArgument } from '../../declaration/verb.ts'
import { usageError } from '../../errors.ts'
import { exitCodes } from '../../exit-codes.ts'
import { createEventFinder, type EventQuery } from '../../events/event-finder.ts'
import { eventFilter } from '../../events/event-filter.ts'
import { eventLine } from '../../events/event-line.ts'
import { resolveReference } from '../../events/resolve-reference.ts'

export const verb = defineVerb({
  description: [
    'What may be an event id, an idempotency key (calendly:invitee.created:…), a correlation id, an e-mail address, the id of a',
    'lead, meeting or other aggregate, or of a record or note in the CRM. Looks in the read models, and in the log where they do not reach.'
  ].join('\n'),
  arguments: { what: optionalArgument('an id, an idempotency key or an e-mail address') },
  options: {
    type: list('only these types: RecordWritten, or a whole context: crm-sync', { short: 't', placeholder: '<type>' }),
    from: moment('not before'),
    to: moment('before'),
    limit: number('at most so many, the newest', { min: 1, max: 10_000, default: 50, short: 'n' })
  },
  examples: [
    ['leadlog events find ada@example.com', 'everything about a person'],
    ['leadlog events find calendly:invitee.created:https%3A//api.calendly.com/…', 'by idempotency key'],
    ['leadlog events find --type WriteRefused --from 1d', 'what the CRM refused since yesterday']
  ],
  exitCodes: { 3: 'nothing was found' },
  async run(context, { what, type, from, to, limit }) {
    if (what === undefined && type.length === 0 && from === undefined && to === undefined) {
      throw usageError('Say what to find: an id, an address, --type, --from or --to. See: leadlog events find --help')
    }
    const filter = eventFilter({ stream: [], type, subject: undefined, correlation: undefined })
    const finder = await createEventFinder(context)
    const reference = what === undefined ? null : await resolveReference(context, finder, what)
    const types = eventRegistry.definitions.map((definition) => definition.type)
    const query: EventQuery = {
      ...reference?.query,
      ...(type.length === 0
        ? {}
        : { types: types.filter((name) => filter.matches({ type: name, correlationid: '', id: '' })) }),
      ...(from === undefined ? {} : { from: timeOf('--from', from) }),
      ...(to === undefined ? {} : { to: timeOf('--to', to) })
    }
    const rows = await finder.find(query, limit, 'newest')
    return {
      value: { found: reference?.kind ?? null, events: rows },
      text: () =>
        rows.length === 0 ? 'Nothing was found.' : rows.map((row) => eventLine(row, context.out.style)).join('\n'),
      exitCode: rows.length === 0 ? exitCodes.notFound : exitCodes.ok
    }
  }
})

function timeOf(option: string, at: Moment): string {
  if ('sequence' in at)
    throw usageError(`${option} takes a time here, not ${momentText(at)}: there are several streams`)
  return at.time.toISOString()
}
