import { LeadEnriched, LeadFieldsCleared, newEvent, type DataOf, type Decider } from '@leadlog/contracts'
import { evolveLead, unknownLead, type FieldOrigin, type Lead } from './lead.ts'

/** What an extraction found about the lead. */
export type EnrichLead = DataOf<typeof LeadEnriched>

/**
 * Takes the fields that no later observation has already set. The event is recorded even where none is left, since
 * it says that the extraction was taken into account. An extraction that was read anew takes back what it no longer
 * supports.
 */
export const enrichLead: Decider<Lead, EnrichLead> = {
  initialState: () => unknownLead,
  evolve: evolveLead,
  decide: (command, lead) => {
    const fields = command.fields.filter(({ field }) => wins(command, lead.fields.get(field)))
    const { leadId, personId, extractionId } = command
    const found = new Set(command.fields.map(({ field }) => field))
    const gone = [...lead.fields]
      .filter(([field, origin]) => origin.extractionId === extractionId && !found.has(field))
      .map(([field]) => field)
    return [
      newEvent(LeadEnriched, leadId, { ...command, fields }),
      ...(gone.length === 0
        ? []
        : [newEvent(LeadFieldsCleared, leadId, { leadId, personId, extractionId, fields: gone })])
    ]
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
