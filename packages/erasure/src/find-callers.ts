import { CallAttributed, CallerLinked, CallerUnlinked, isEvent, SmsAttributed } from '@leadlog/contracts'
import type { EventLog } from '@leadlog/event-log'

const BATCH = { maxEvents: 500, maxWaitMs: 50 }

/** Whose phone numbers are whose, numbers as their keyed hashes, and what came to a lead later. */
export interface CallerLinks {
  /** The leads that have a number. */
  readonly leads: ReadonlyMap<string, ReadonlySet<string>>
  /** By call or message: under whose key it is, and whose it is by now. */
  readonly attributed: ReadonlyMap<string, { readonly personId: string; readonly leadId: string | null }>
}

/** Reads what was recorded of phone numbers, calls and text messages. */
export async function callerLinks(log: EventLog, signal: AbortSignal): Promise<CallerLinks> {
  const leads = new Map<string, Set<string>>()
  const attributed = new Map<string, { personId: string; leadId: string | null }>()
  const last = await log.lastSequence('EVENTS')
  if (last === 0) return { leads, attributed }
  const subjects = ['evt.telephony.caller.>', 'evt.telephony.call.>', 'evt.telephony.message.>']
  const request = { stream: 'EVENTS', fromSequence: 1, untilSequence: last, subjects, ...BATCH, signal }
  for await (const { events } of log.batches(request)) {
    for (const event of events) {
      if (isEvent(event, CallerLinked)) {
        const { callerId, leadId } = event.data
        leads.set(callerId, (leads.get(callerId) ?? new Set()).add(leadId))
      } else if (isEvent(event, CallerUnlinked)) leads.get(event.data.callerId)?.delete(event.data.leadId)
      else if (isEvent(event, CallAttributed)) attributed.set(event.data.callId, event.data)
      else if (isEvent(event, SmsAttributed)) attributed.set(event.data.messageId, event.data)
    }
  }
  return { leads, attributed }
}

/**
 * Under which other keys there are calls and messages of a lead: of numbers that are this lead's alone, and of those of which
 * something came to the lead. Such a key is the number's own, and holds nothing but its calls and messages.
 */
export function furtherKeysOf({ leads, attributed }: CallerLinks, leadId: string): string[] {
  const own = [...leads].flatMap(([callerId, having]) => (having.has(leadId) && having.size === 1 ? [callerId] : []))
  const came = [...attributed.values()].flatMap((call) => (call.leadId === leadId ? [call.personId] : []))
  // What was recorded for another lead is under that lead's key, which stays.
  return [...new Set([...own, ...came])].filter((key) => leads.has(key))
}
