import { isEvent, LeadCaptured, type AggregateRef, type CallVariables } from '@leadlog/contracts'
import { callerLead, leadRef, leadVariables } from '../caller/caller-lead.ts'
import { findCaller, type CallerSource, type KnownCaller } from '../caller/find-caller.ts'

/** Whom a call goes to: the lead that was named, else the one that has the number. Null for a lead that is none. */
export async function findCallee(
  source: CallerSource,
  number: string,
  leadId: string | undefined
): Promise<Omit<KnownCaller, 'variables'> | null> {
  if (leadId === undefined) return findCaller(source, number, number)
  const { events } = await source.load(leadRef(leadId))
  const captured = events.find((event) => isEvent(event, LeadCaptured))
  return captured ? { personId: captured.data.personId, leadId } : null
}

/** What a flow may say of whom we called. */
export async function calleeVariables(
  { load }: { readonly load: (ref: AggregateRef) => ReturnType<CallerSource['load']> },
  leadId: string | null
): Promise<CallVariables> {
  return leadId === null ? {} : leadVariables(callerLead((await load(leadRef(leadId))).events))
}
