import {
  CallerCalled,
  CallerLinked,
  CallerTexted,
  CallerUnlinked,
  isEvent,
  type AggregateRef,
  type RecordedEvent
} from '@leadlog/contracts'

/** Whose a phone number is: several leads may have given the same, such as that of their office. */
export interface Caller {
  /** Persons by the ids of their leads. */
  readonly leads: ReadonlyMap<string, string>
  /** Calls with this number, the oldest first. */
  readonly calls: readonly string[]
  /** Text messages with it, the oldest first. */
  readonly messages: readonly string[]
}

export const unknownCaller: Caller = { leads: new Map(), calls: [], messages: [] }

/** @param callerId keyed hash of the number */
export function callerRef(callerId: string): AggregateRef {
  return { context: 'telephony', aggregate: 'caller', id: callerId }
}

export function evolveCaller(caller: Caller, event: RecordedEvent): Caller {
  if (isEvent(event, CallerLinked)) {
    return { ...caller, leads: new Map([...caller.leads, [event.data.leadId, event.data.personId]]) }
  }
  if (isEvent(event, CallerUnlinked)) {
    return { ...caller, leads: new Map([...caller.leads].filter(([leadId]) => leadId !== event.data.leadId)) }
  }
  if (isEvent(event, CallerCalled)) return { ...caller, calls: [...caller.calls, event.data.callId] }
  if (isEvent(event, CallerTexted)) return { ...caller, messages: [...caller.messages, event.data.messageId] }
  return caller
}

export function callerOf(events: readonly RecordedEvent[]): Caller {
  return events.reduce(evolveCaller, unknownCaller)
}

/** The lead that the number stands for: the only one that has it. */
export function leadOfCaller({ leads }: Caller): string | null {
  const [only, ...others] = leads.keys()
  return only === undefined || others.length > 0 ? null : only
}
