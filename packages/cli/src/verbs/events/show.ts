import { isEvent, WebhookReceived } from '@leadlog/contracts'
import type { Context } from '../../context.ts'
import { flag } from '../../declaration/option.ts'
import { argument, defineVerb } from '../../declaration/verb.ts'
import { notFound } from '../../errors.ts'
import { createEventFinder } from '../../events/event-finder.ts'
import { eventText, payloadOf } from '../../events/event-text.ts'
import { indexed } from '../../events/indexed.ts'
import { resolveReference } from '../../events/resolve-reference.ts'
import { redactedEvent } from '../../events/shown-event.ts'

export const verb = defineVerb({
  description:
    'Without --reveal personal fields stay sealed. With it they are opened, and the body of a raw webhook is shown.',
  arguments: { event: argument('an event id, an idempotency key, or a place such as EVENTS:1234') },
  options: { reveal: flag('open personal fields and the body of a webhook; needs the master key') },
  examples: [
    ['leadlog events show 3f0c…', 'an event with its envelope'],
    ['leadlog events show EVENTS:1234', 'by its place'],
    ['leadlog events show 3f0c… --reveal', 'with personal data']
  ],
  async run(context, { event: given, reveal }) {
    const place = await placeOf(context, given)
    const log = reveal ? await context.connect.openLog() : await context.connect.sealedLog()
    const event = await log.get(place.stream, place.sequence)
    if (!event) throw notFound(`${place.stream} holds no message ${String(place.sequence)} (any more)`)
    const payload =
      reveal && isEvent(event, WebhookReceived) ? await payloadOf(context, event.id, event.data) : undefined
    const shown = reveal ? event : redactedEvent(event)
    return {
      value: { event: shown, summary: indexed(event)?.summary ?? null, ...(payload === undefined ? {} : { payload }) },
      text: () => eventText(shown, payload, context.out.style)
    }
  }
})

async function placeOf(context: Context, given: string): Promise<{ stream: string; sequence: number }> {
  const place = /^([A-Z_]+):(\d+)$/.exec(given)
  if (place?.[1] !== undefined) return { stream: place[1], sequence: Number(place[2]) }
  const { event, label } = await resolveReference(context, await createEventFinder(context), given)
  if (event) return event
  throw notFound(`"${given}" is a ${label.split(' ')[0] ?? ''}, not one event. See: leadlog events find ${given}`)
}
