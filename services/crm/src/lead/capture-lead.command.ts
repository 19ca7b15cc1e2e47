import { CaptureLead, isEvent, LeadCaptured, LeadDetailsChanged, LeadDetailsEntered } from '@leadlog/contracts'
import { defineCommandHandler } from '@leadlog/service'
import { captureLead } from './capture-lead.ts'
import { leadRef } from './lead-ref.ts'

/** A person is written down by hand. */
export const captureLeadCommand = defineCommandHandler({
  command: CaptureLead,
  emits: [LeadCaptured, LeadDetailsEntered, LeadDetailsChanged],
  handle: async (entered, _deps: unknown, { personId, sentAt, execute }) => {
    const result = await execute({
      ref: leadRef(personId),
      decider: captureLead,
      command: { leadId: personId, personId, entered, at: sentAt }
    })
    if ('refusal' in result) return result.refusal
    return { leadId: personId, created: result.events.some((event) => isEvent(event, LeadCaptured)) }
  }
})
