import {
  CallAttributed,
  CallerCalled,
  CallerLinked,
  CallerUnlinked,
  CallReceived,
  CallStatusReported,
  isEvent,
  newEvent,
  type NewEvent,
  type RecordedEvent
} from '@leadlog/contracts'
import { isPhoneNumber } from '@leadlog/call-flow'
import { defineReactor } from '@leadlog/service'
import { callRef } from '../call/call-ref.ts'
import { callOf, ownerOf } from '../call/call.ts'
import type { TelephonyDeps } from '../deps.ts'
import { callerOf, callerRef, leadOfCaller } from './caller.ts'

/** Calls of one number that are looked at when it becomes a lead's: the newest. A person has not called more often. */
const MOST_CALLS = 200

/**
 * Numbers that become a lead's, or were a mistake → whose their calls are. The caller's history is what both kinds of
 * events are decided over, so that a call and a link that come at the same moment are seen by one of the two.
 */
export const attributeCalls = defineReactor({
  name: 'attribute-calls',
  on: [CallReceived, CallStatusReported, CallerLinked, CallerUnlinked],
  emits: [CallerCalled, CallAttributed],
  concurrency: 8,
  handle: async (event, deps: TelephonyDeps, context) => {
    const about = aboutOf(event, deps)
    if (about === null) return
    const { callerId, callId } = about
    const known = callerOf((await context.load(callerRef(callerId))).events)
    const callIds = [...new Set([...known.calls.slice(-MOST_CALLS), ...(callId === null ? [] : [callId])])]
    await context.transact({
      load: [callerRef(callerId), ...callIds.map(callRef)],
      decide: ([callerHistory, ...histories]) => {
        const caller = callerOf(callerHistory?.events ?? [])
        const events: NewEvent[] = []
        if (callId !== null && !caller.calls.includes(callId)) {
          events.push(newEvent(CallerCalled, callerId, { callerId, callId }))
        }
        for (const [index, id] of callIds.entries()) {
          const owner = ownerOf(callOf(histories[index]?.events ?? []))
          if (owner === null) continue
          const { personId } = owner
          const mistaken = isEvent(event, CallerUnlinked) && event.data.leadId === owner.leadId
          const leadId = mistaken || owner.leadId === null ? leadOfCaller(caller) : owner.leadId
          if (leadId !== owner.leadId) events.push(newEvent(CallAttributed, id, { callId: id, personId, leadId }))
        }
        return events
      }
    })
  }
})

/** The number that the event is about, and the call; null where there is no number. Calls that come in speak for themselves once. */
function aboutOf(
  event: RecordedEvent,
  { callerId }: Pick<TelephonyDeps, 'callerId'>
): { callerId: string; callId: string | null } | null {
  if (isEvent(event, CallerLinked) || isEvent(event, CallerUnlinked)) {
    return { callerId: event.data.callerId, callId: null }
  }
  if (isEvent(event, CallStatusReported) && event.data.direction === 'inbound') return null
  const number = isEvent(event, CallReceived)
    ? event.data.from
    : isEvent(event, CallStatusReported)
      ? event.data.number
      : ''
  const { callId } = event.data as { callId: string }
  return isPhoneNumber(number) ? { callerId: callerId(number), callId } : null
}
