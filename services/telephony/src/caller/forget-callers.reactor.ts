import { CallerUnlinked, newEvent, PersonErased } from '@leadlog/contracts'
import { defineReactor } from '@leadlog/service'
import { callerOf, callerRef } from './caller.ts'

/** A lead was erased → their phone numbers are nobody's. */
export const forgetCallers = defineReactor({
  name: 'forget-callers',
  on: [PersonErased],
  emits: [CallerUnlinked],
  concurrency: 1,
  handle: async (event, _deps: unknown, context) => {
    const { leadId, callerIds } = event.data
    if (callerIds.length === 0) return
    await context.transact({
      load: callerIds.map(callerRef),
      decide: (histories) =>
        callerIds.flatMap((callerId, index) => {
          const personId = callerOf(histories[index]?.events ?? []).leads.get(leadId)
          return personId === undefined ? [] : [newEvent(CallerUnlinked, callerId, { callerId, leadId, personId })]
        })
    })
  }
})
