import { CallerLinked, CallerUnlinked, isEvent, type AggregateRef, type RecordedEvent } from '@leadlog/contracts'

/** Whose a phone number is: several leads may have given the same, such as that of their office. */
export interface Caller {
  /** Persons by the ids of their leads. */
  readonly leads: ReadonlyMap<string, string>
}

export const unknownCaller: Caller = { leads: new Map() }

/** @param callerId keyed hash of the number */
export function callerRef(callerId: string): AggregateRef {
  return { context: 'telephony', aggregate: 'caller', id: callerId }
}

export function evolveCaller(caller: Caller, event: RecordedEvent): Caller {
  if (isEvent(event, CallerLinked)) {
    return { leads: new Map([...caller.leads, [event.data.leadId, event.data.personId]]) }
  }
  if (isEvent(event, CallerUnlinked)) {
    return { leads: new Map([...caller.leads].filter(([leadId]) => leadId !== event.data.leadId)) }
  }
  return caller
}
