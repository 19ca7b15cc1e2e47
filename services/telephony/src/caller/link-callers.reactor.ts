import {
  CallerLinked,
  CallerUnlinked,
  LeadCaptured,
  LeadDetailsChanged,
  newEvent,
  type NewEvent
} from '@leadlog/contracts'
import { defineReactor } from '@leadlog/service'
import type { TelephonyDeps } from '../deps.ts'
import { phoneNumber } from '../number/phone-number.ts'
import { callerLead, leadRef } from './caller-lead.ts'
import { callerRef, evolveCaller, unknownCaller } from './caller.ts'

/** The phone numbers of leads → whose calls are whose. */
export const linkCallers = defineReactor({
  name: 'link-callers',
  on: [LeadCaptured, LeadDetailsChanged],
  emits: [CallerLinked, CallerUnlinked],
  concurrency: 8,
  handle: async (event, { callerId, country }: TelephonyDeps, context) => {
    const { leadId, personId } = event.data
    const { phones } = callerLead((await context.load(leadRef(leadId))).events)
    const ids = phones.map((phone) => {
      const number = phone === null ? null : phoneNumber(phone, country)
      return number === null ? null : callerId(number)
    })
    const current = ids.at(-1) ?? null
    const all = [...new Set(ids.filter((id) => id !== null))]
    if (all.length === 0) return
    await context.transact({
      load: all.map(callerRef),
      decide: (histories) =>
        all.flatMap((id, index): NewEvent[] => {
          const caller = (histories[index]?.events ?? []).reduce(evolveCaller, unknownCaller)
          const data = { callerId: id, leadId, personId }
          const linked = caller.leads.has(leadId)
          if (id === current) return linked ? [] : [newEvent(CallerLinked, id, data)]
          return linked ? [newEvent(CallerUnlinked, id, data)] : []
        })
    })
  }
})
