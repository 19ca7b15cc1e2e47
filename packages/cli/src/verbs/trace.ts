import { flag, number, text } from '../declaration/option.ts'
import { argument, defineVerb } from '../declaration/verb.ts'
import { notFound } from '../errors.ts'
import { createEventFinder, type EventFinder } from '../events/event-finder.ts'
import { resolveReference, type Reference } from '../events/resolve-reference.ts'
import { redactedEvent, REDACTED } from '../events/shown-event.ts'
import { collectTrace } from '../trace/collect-trace.ts'
import { traceField } from '../trace/field-trace.ts'
import { fieldTraceText } from '../trace/field-trace-text.ts'
import { traceText } from '../trace/trace-text.ts'

export const verb = defineVerb({
  description: [
    'Shows what led to it and what it led to, over all services. With --field: why one field of a CRM record holds what it holds,',
    'from the vendor’s answer and the rate limit over the decision and the model call with its prompt and quoted words to the webhook;',
    'that needs the master key, and shows personal data only with --reveal.'
  ].join('\n'),
  arguments: {
    what: argument('an event, webhook, lead, meeting or CRM record by its id, an idempotency key, or an e-mail address')
  },
  options: {
    field: text('trace one field of the CRM record: Company, Pain_Points', { short: 'f', placeholder: '<name>' }),
    reveal: flag('show the value and the quoted words'),
    limit: number('at most so many events', { min: 1, max: 20_000, default: 2_000 })
  },
  examples: [
    ['leadlog trace 5725767000000000123', 'everything behind a record of the CRM'],
    ['leadlog trace ada@example.com', 'everything of a person'],
    ['leadlog trace 5725767000000000123 --field Company --reveal', 'where a value comes from']
  ],
  exitCodes: { 3: 'nothing is known of it, or the field was never written' },
  async run(context, { what, field, reveal, limit }) {
    const { connect, out, target } = context
    const finder = await createEventFinder(context)
    const reference = await resolveReference(context, finder, what)
    if (field === undefined) {
      const trace = await collectTrace(finder, await connect.sealedLog(), reference, limit)
      return { value: trace, text: () => traceText(trace, out.style) }
    }
    const leadId = await leadOf(finder, reference)
    const trace = await traceField(
      { log: await connect.openLog(), finder, environment: target.environment },
      leadId,
      field
    )
    const shown = reveal
      ? trace
      : {
          ...trace,
          value: REDACTED,
          evidence: trace.evidence === null ? null : REDACTED,
          written: redactedEvent(trace.written),
          decided: trace.decided && redactedEvent(trace.decided)
        }
    return { value: shown, text: () => fieldTraceText(trace, reveal, out.style) }
  }
})

/** The lead whose record is meant. @throws CliError CLI_NOT_FOUND where there is none, or more than one */
async function leadOf(finder: EventFinder, reference: Reference): Promise<string> {
  const named = reference.event ? [reference.event] : await finder.find(reference.query, LOOK_AT)
  const direct = leadsIn(named)
  const related =
    direct.length > 0
      ? direct
      : leadsIn(await finder.find({ correlationIds: named.map((row) => row.correlation_id) }, LOOK_AT))
  const [lead, ...others] = related
  if (lead === undefined) throw notFound(`${reference.label} has nothing to do with a record of the CRM`)
  if (others.length > 0) throw notFound(`${reference.label} concerns several leads; name one: ${related.join(', ')}`)
  return lead
}

const LOOK_AT = 2_000

/** The record's id in the log is the lead's id. */
function leadsIn(rows: readonly { subject: string }[]): string[] {
  return [...new Set(rows.flatMap(({ subject }) => /^crm(?:\.lead|-sync\.record)\.(.+)$/.exec(subject)?.[1] ?? []))]
}
