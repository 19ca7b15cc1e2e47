import {
  CallerLinked,
  CallerUnlinked,
  LeadCaptured,
  LeadDetailsChanged,
  newEvent,
  type NewEvent
} from '@leadlog/contracts'
import { phoneNumber } from '@leadlog/call-flow'
import { defineReactor } from '@leadlog/service'
import type { TelephonyDeps } from '../deps.ts'
import { callerLead, leadRef } from './caller-lead.ts'
import { callerOf, callerRef } from './caller.ts'

/**
 * The phone numbers of leads → whose calls are whose. Only what is appended to is checked for what came in between, and
 * that is the numbers: so the lead is looked at again afterwards, until it is the same. Two processes with two changes of
 * one lead cannot leave an old number with it.
 */
export const linkCallers = defineReactor({
  name: 'link-callers',
  on: [LeadCaptured, LeadDetailsChanged],
  emits: [CallerLinked, CallerUnlinked],
  concurrency: 8,
  handle: async (event, { callerId, country }: TelephonyDeps, context) => {
    const { leadId, personId } = event.data
    let history = await context.load(leadRef(leadId))
    for (let looked = -1; history.sequence !== looked; history = await context.load(leadRef(leadId))) {
      looked = history.sequence
      const ids = callerLead(history.events).phones.map((phone) => {
        const number = phone === null ? null : phoneNumber(phone, country)
        return number === null ? null : callerId(number)
      })
      const current = ids.at(-1) ?? null
      const all = [...new Set(ids.filter((id) => id !== null))]
      if (all.length === 0) continue
      await context.transact({
        step: `lead at ${String(looked)}`,
        load: all.map(callerRef),
        decide: (histories) =>
          all.flatMap((id, index): NewEvent[] => {
            const caller = callerOf(histories[index]?.events ?? [])
            const data = { callerId: id, leadId, personId }
            const linked = caller.leads.has(leadId)
            if (id === current) return linked ? [] : [newEvent(CallerLinked, id, data)]
            return linked ? [newEvent(CallerUnlinked, id, data)] : []
          })
      })
    }
  }
})
