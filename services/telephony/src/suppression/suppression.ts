import {
  ContactReleased,
  ContactSuppressed,
  isEvent,
  type AggregateRef,
  type ContactChannel,
  type RecordedEvent,
  type SuppressionReason
} from '@leadlog/contracts'
import type { AggregateHistory } from '@leadlog/event-log'

/** A reason that closes a channel, and the event that gave it. */
export interface ClosingFact {
  readonly channel: ContactChannel
  readonly reason: SuppressionReason
  readonly factId: string
  readonly at: string
}

/** What closes the ways to one phone number or address, and how much of its history that rests on. */
export interface Suppression {
  readonly id: string
  /** Sequence of the last event that was looked at; 0 where there is none. */
  readonly version: number
  readonly facts: readonly ClosingFact[]
}

/** @param id keyed hash of the number or address */
export function suppressionRef(id: string): AggregateRef {
  return { context: 'telephony', aggregate: 'suppression', id }
}

export function openWays(id: string): Suppression {
  return { id, version: 0, facts: [] }
}

export function evolveSuppression(suppression: Suppression, event: RecordedEvent): Suppression {
  const version = event.sequence
  if (isEvent(event, ContactSuppressed)) {
    const { channels, reason, at } = event.data
    const others = suppression.facts.filter((fact) => !(fact.reason === reason && channels.includes(fact.channel)))
    const closed = channels.map((channel): ClosingFact => ({ channel, reason, factId: event.id, at }))
    return { ...suppression, version, facts: [...others, ...closed] }
  }
  if (isEvent(event, ContactReleased)) {
    const { channels, reason } = event.data
    const facts = suppression.facts.filter((fact) => !(fact.reason === reason && channels.includes(fact.channel)))
    return { ...suppression, version, facts }
  }
  return suppression
}

/** What stands after a history. */
export function suppressionOf({ ref, events }: AggregateHistory): Suppression {
  return events.reduce(evolveSuppression, openWays(ref.id))
}
