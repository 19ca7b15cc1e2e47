import { CallAttributed, CallerLinked, CallerUnlinked, isEvent } from '@leadlog/contracts'
import type { EventLog } from '@leadlog/event-log'

const BATCH = { maxEvents: 500, maxWaitMs: 50 }

/** Whose phone numbers are whose, numbers as their keyed hashes, and which calls came to a lead later. */
export interface CallerLinks {
  /** The leads that have a number. */
  readonly leads: ReadonlyMap<string, ReadonlySet<string>>
  /** By call: under whose key it is, and whose it is by now. */
  readonly attributed: ReadonlyMap<string, { readonly personId: string; readonly leadId: string | null }>
}

/** Reads what was recorded of phone numbers and calls. */
export async function callerLinks(log: EventLog, signal: AbortSignal): Promise<CallerLinks> {
  const leads = new Map<string, Set<string>>()
  const attributed = new Map<string, { personId: string; leadId: string | null }>()
  const last = await log.lastSequence('EVENTS')
  if (last === 0) return { leads, attributed }
  const subjects = ['evt.telephony.caller.>', 'evt.telephony.call.>']
  const request = { stream: 'EVENTS', fromSequence: 1, untilSequence: last, subjects, ...BATCH, signal }
  for await (const { events } of log.batches(request)) {
    for (const event of events) {
      if (isEvent(event, CallerLinked)) {
        const { callerId, leadId } = event.data
        leads.set(callerId, (leads.get(callerId) ?? new Set()).add(leadId))
      } else if (isEvent(event, CallerUnlinked)) leads.get(event.data.callerId)?.delete(event.data.leadId)
      else if (isEvent(event, CallAttributed)) attributed.set(event.data.callId, event.data)
    }
  }
  return { leads, attributed }
}

/**
 * Under which other keys there are calls of a lead: of numbers that are this lead's alone, and of those whose calls came
 * to the lead. Such a key is the number's own, and holds nothing but its calls.
 */
export function furtherKeysOf({ leads, attributed }: CallerLinks, leadId: string): string[] {
  const own = [...leads].flatMap(([callerId, having]) => (having.has(leadId) && having.size === 1 ? [callerId] : []))
  const came = [...attributed.values()].flatMap((call) => (call.leadId === leadId ? [call.personId] : []))
  return [...new Set([...own, ...came])].filter((key) => key !== leadId)
}
