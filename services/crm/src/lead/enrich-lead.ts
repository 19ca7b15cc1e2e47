import { LeadEnriched, newEvent, type DataOf, type Decider } from '@leadlog/contracts'
import { evolveLead, unknownLead, type FieldOrigin, type Lead } from './lead.ts'

/** What an extraction found about the lead. */
export type EnrichLead = DataOf<typeof LeadEnriched>

/**
 * Takes the fields that no later observation has already set. The event is recorded even where none is left, since
 * it says that the extraction was taken into account.
 */
export const enrichLead: Decider<Lead, EnrichLead> = {
  initialState: () => unknownLead,
  evolve: evolveLead,
  decide: (command, lead) => {
    const fields = command.fields.filter(({ field }) => wins(command, lead.fields.get(field)))
    return [newEvent(LeadEnriched, command.leadId, { ...command, fields })]
  }
}

/** Later observations win; of two at the same time the one with the higher id, so that the order does not matter. */
function wins(candidate: FieldOrigin, known: FieldOrigin | undefined): boolean {
  if (!known) return true
  return (
    candidate.observedAt > known.observedAt ||
    (candidate.observedAt === known.observedAt && candidate.extractionId >= known.extractionId)
  )
}
