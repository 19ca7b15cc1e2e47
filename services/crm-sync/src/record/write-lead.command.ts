import { LeadCaptured, isEvent, derivedId, newEvent, refuse, WriteLead, WriteQueued } from '@leadlog/contracts'
import { defineCommandHandler } from '@leadlog/service'
import { leadRef } from '../lead/lead-state.ts'
import type { QueueWritesDeps } from './queue-writes.reactor.ts'
import { recordRef } from './record.ts'

/** Somebody wants a record written as its lead stands; the write goes before those that nobody waits for. */
export const writeLeadCommand = defineCommandHandler({
  command: WriteLead,
  emits: [WriteQueued],
  handle: async ({ leadId }, { target }: QueueWritesDeps, { commandId, load, transact }) => {
    const captured = (await load(leadRef(leadId))).events.find((event) => isEvent(event, LeadCaptured))
    if (!captured || !isEvent(captured, LeadCaptured)) {
      return refuse('CRM_SYNC_LEAD_UNKNOWN', `There is no lead ${leadId}`)
    }
    const writeId = derivedId('crm-write', leadId, commandId)
    const { personId } = captured.data
    const result = await transact({
      load: [recordRef(leadId)],
      decide: () => [
        newEvent(WriteQueued, leadId, {
          recordId: leadId,
          leadId,
          personId,
          ...target,
          lane: 'person',
          causeId: commandId,
          writeId
        })
      ]
    })
    return 'refusal' in result ? result.refusal : { writeId }
  }
})
