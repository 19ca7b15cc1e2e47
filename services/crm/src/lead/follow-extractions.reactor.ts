import {
  isEvent,
  LeadEnriched,
  LeadFieldsCleared,
  LeadIntelExtracted,
  MeddicExtracted,
  type EventOf
} from '@leadlog/contracts'
import { defineReactor } from '@leadlog/service'
import { enrichLead, type EnrichLead } from './enrich-lead.ts'
import { leadIntelFields, meddicFields } from './enriched-fields.ts'
import { leadRef } from './lead-ref.ts'

/** What was read from bookings and transcripts → fields of the lead, with provenance. */
export const followExtractions = defineReactor({
  name: 'follow-extractions',
  on: [LeadIntelExtracted, MeddicExtracted],
  emits: [LeadEnriched, LeadFieldsCleared],
  concurrency: 16,
  orderKey: (event) => (event.data as { personId: string }).personId,
  handle: async (event, _deps: unknown, context) => {
    await context.execute({ ref: leadRef(event.data.personId), decider: enrichLead, command: enrichmentOf(event) })
  }
})

/** What an extraction says about its lead. */
export function enrichmentOf(event: EventOf<typeof LeadIntelExtracted> | EventOf<typeof MeddicExtracted>): EnrichLead {
  const { extractionId, kind, personId, meetingId, observedAt, call } = event.data
  const found = isEvent(event, LeadIntelExtracted)
    ? { fields: leadIntelFields(event.data.intel), confidence: event.data.intel.confidence }
    : { fields: meddicFields(event.data.meddic, event.data.quality), confidence: event.data.meddic.confidence }
  return {
    leadId: personId,
    personId,
    meetingId,
    extractionId,
    kind,
    observedAt,
    provider: call.provider,
    model: call.model,
    promptVersion: call.promptVersion,
    ...found
  }
}
