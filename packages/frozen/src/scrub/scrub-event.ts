import { createHash } from 'node:crypto'
import { eventRegistry, WebhookReceived } from '@leadlog/contracts'
import type { FrozenEffect, FrozenEvent } from '../frozen-event.ts'
import type { Scrubber } from './scrubber.ts'

type FrozenEnvelope = FrozenEvent['event']

/** A word that names a kind of thing: `calendly`, `demo-booked`. */
const KIND = /^[a-z][a-z-]*$/

/** A frozen event without its persons. */
export function scrubFrozen(frozen: FrozenEvent, scrubber: Scrubber): FrozenEvent {
  const { event, body, persons, configuration, histories, handlings } = frozen
  const scrubbedBody = body === null ? null : scrubBody(body, scrubber)
  return {
    ...frozen,
    event: scrubEnvelope(event, scrubber, scrubbedBody),
    body: scrubbedBody,
    persons: mapEntries(
      persons,
      (email) => scrubber.text(email),
      (id) => scrubber.ids(id)
    ),
    configuration: {
      ...configuration,
      ownDomains: configuration.ownDomains.map((domain) => scrubber.text(domain)),
      customerDomains: configuration.customerDomains.map((domain) => scrubber.text(domain))
    },
    histories: mapEntries(
      histories,
      (subject) => scrubber.ids(subject),
      (events) => events.map((one) => scrubEnvelope(one, scrubber, null))
    ),
    handlings: handlings.map((handling) => ({
      ...handling,
      asOf: mapEntries(
        handling.asOf,
        (subject) => scrubber.ids(subject),
        (sequence) => sequence
      ),
      effects: handling.effects.map((effect) => scrubEffect(effect, scrubber))
    }))
  }
}

/** An event of the log without its person. `body` is the scrubbed body of a webhook, by which its digest is made. */
export function scrubEnvelope(event: FrozenEnvelope, scrubber: Scrubber, body: string | null): FrozenEnvelope {
  const { traceparent: _traceparent, ...kept } = event as FrozenEnvelope & { traceparent?: string; keyid?: string }
  const data = scrubData(event.type, event.data, scrubber)
  return {
    ...kept,
    subject: scrubber.ids(event.subject),
    ...(kept.keyid === undefined ? {} : { keyid: scrubber.ids(kept.keyid) }),
    data: event.type === WebhookReceived.type ? withoutBody(data, body) : data
  }
}

function scrubEffect({ type, aggregateId, data }: FrozenEffect, scrubber: Scrubber): FrozenEffect {
  return { type, aggregateId: scrubber.ids(aggregateId), data: scrubData(type, data, scrubber) }
}

/** Outside of personal fields a single lower-case word names a kind of thing, never a person. */
function scrubData(type: string, data: unknown, scrubber: Scrubber): unknown {
  const personal = new Set(eventRegistry.find(type)?.piiFields ?? [])
  if (typeof data !== 'object' || data === null) return scrubber.value(data)
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [
      name,
      !personal.has(name) && typeof value === 'string' && KIND.test(value) ? value : scrubber.value(value)
    ])
  )
}

/** JSON is scrubbed text by text, since in its escapes `\n` and a name become one word. */
export function scrubBody(body: string, scrubber: Scrubber): string {
  try {
    return JSON.stringify(scrubber.value(JSON.parse(body)))
  } catch {
    return scrubber.text(body)
  }
}

/** The body stands beside the event; its digest is that of what stands there. */
function withoutBody(data: unknown, body: string | null): unknown {
  const digest = createHash('sha256')
    .update(body ?? '')
    .digest('hex')
  return { ...(data as object), body: '', digest }
}

function mapEntries<V, W>(
  record: Readonly<Record<string, V>>,
  key: (key: string) => string,
  value: (value: V) => W
): Record<string, W> {
  return Object.fromEntries(Object.entries(record).map(([name, inner]) => [key(name), value(inner)]))
}
