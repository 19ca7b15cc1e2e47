import type { AggregateRef, CallVariables } from '@leadlog/contracts'
import type { AggregateHistory } from '@leadlog/event-log'
import { isPhoneNumber } from '../number/phone-number.ts'
import { callerLead, leadRef, leadVariables } from './caller-lead.ts'
import { callerRef, evolveCaller, unknownCaller } from './caller.ts'

/** Who calls, as far as it is known. */
export interface KnownCaller {
  readonly personId: string
  readonly leadId: string | null
  readonly variables: CallVariables
}

export interface CallerSource {
  load(ref: AggregateRef): Promise<AggregateHistory>
  /** Keyed hash of a number. */
  callerId(number: string): string
}

/**
 * The lead that has the number. A number that several leads gave is nobody's: to greet one by the name of the other, or to
 * put the call on the wrong timeline, would tell of somebody.
 *
 * @param callSid tells callers without a number apart
 */
export async function findCaller(source: CallerSource, number: string, callSid: string): Promise<KnownCaller> {
  const unknown = unknownPerson(source, number, callSid)
  if (!isPhoneNumber(number)) return unknown
  const history = await source.load(callerRef(source.callerId(number)))
  const { leads } = history.events.reduce(evolveCaller, unknownCaller)
  const [only, ...others] = leads
  if (only === undefined || others.length > 0) return unknown
  const [leadId, personId] = only
  const lead = callerLead((await source.load(leadRef(leadId))).events)
  return { personId, leadId, variables: leadVariables(lead) }
}

/** A caller of whom nothing is known but the number, which is then the person. */
export function unknownPerson(source: Pick<CallerSource, 'callerId'>, number: string, callSid: string): KnownCaller {
  return { personId: source.callerId(isPhoneNumber(number) ? number : callSid), leadId: null, variables: {} }
}
