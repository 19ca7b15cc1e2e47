import {
  CallerLinked,
  CallerUnlinked,
  isEvent,
  type AggregateRef,
  type EventDefinition,
  type NewEvent,
  type RecordedEvent
} from '@leadlog/contracts'
import { defineReactor, type Reactor } from '@leadlog/service'
import type { TelephonyDeps } from '../deps.ts'
import { callerOf, callerRef, leadOfCaller, type Caller } from './caller.ts'

/** Of one number that are looked at when it becomes a lead's: the newest. A person has not called or written more often. */
const MOST = 200

/** What is had with a number, such as a call, and is its lead's. */
export interface Attributable {
  readonly name: string
  /** The events by which one is first heard of. */
  readonly begins: readonly EventDefinition[]
  /** Which one such an event is about, and with which number; null where it has none. */
  begun(event: RecordedEvent, deps: TelephonyDeps): { readonly callerId: string; readonly id: string } | null
  ref(id: string): AggregateRef
  /** Those that the number is known to have. */
  known(caller: Caller): readonly string[]
  /** Notes with the number that it has one more. */
  readonly noted: EventDefinition
  note(callerId: string, id: string): NewEvent
  /** Says whose one is since. */
  readonly attributed: EventDefinition
  /** Whose it is by now, and the event that would say that it is another's; null where nothing of it is known. */
  owner(
    events: readonly RecordedEvent[],
    id: string
  ): { readonly leadId: string | null; attribute(leadId: string | null): NewEvent } | null
}

/**
 * Numbers that become a lead's, or were a mistake → whose is what was had with them. The caller's history is what both kinds of
 * events are decided over, so that one and a link that come at the same moment are seen by one of the two.
 */
export function defineAttribution(things: Attributable): Reactor<TelephonyDeps> {
  return defineReactor({
    name: things.name,
    on: [...things.begins, CallerLinked, CallerUnlinked],
    emits: [things.noted, things.attributed],
    concurrency: 8,
    handle: async (event, deps: TelephonyDeps, context) => {
      const link = isEvent(event, CallerLinked) || isEvent(event, CallerUnlinked) ? event.data : null
      const begun = link === null ? things.begun(event, deps) : null
      const callerId = link?.callerId ?? begun?.callerId
      if (callerId === undefined) return
      const ids =
        begun === null
          ? things.known(callerOf((await context.load(callerRef(callerId))).events)).slice(-MOST)
          : [begun.id]
      await context.transact({
        load: [callerRef(callerId), ...ids.map((id) => things.ref(id))],
        decide: ([callerHistory, ...histories]) => {
          const caller = callerOf(callerHistory?.events ?? [])
          const events: NewEvent[] = []
          if (begun !== null && !things.known(caller).includes(begun.id)) events.push(things.note(callerId, begun.id))
          for (const [index, id] of ids.entries()) {
            const owner = things.owner(histories[index]?.events ?? [], id)
            if (owner === null) continue
            const mistaken = isEvent(event, CallerUnlinked) && event.data.leadId === owner.leadId
            const leadId = mistaken || owner.leadId === null ? leadOfCaller(caller) : owner.leadId
            if (leadId !== owner.leadId) events.push(owner.attribute(leadId))
          }
          return events
        }
      })
    }
  })
}
