import { fieldRank, LeadEnriched, LeadFieldsCleared, newEvent, type DataOf, type Decider } from '@leadlog/contracts'
import { evolveLead, unknownLead, type FieldOrigin, type Lead } from './lead.ts'

/** What an extraction found about the lead. */
export type EnrichLead = DataOf<typeof LeadEnriched>

/**
 * Takes the fields that no better or later observation has already set. The event is recorded even where none is left, since
 * it says that the extraction was taken into account. An extraction that was read anew takes back what it no longer
 * supports.
 */
export const enrichLead: Decider<Lead, EnrichLead> = {
  initialState: () => unknownLead,
  evolve: evolveLead,
  decide: (command, lead) => {
    const { leadId, personId, extractionId, observedAt } = command
    const fields = command.fields.filter((field) =>
      wins({ observedAt, extractionId, rank: fieldRank(field) }, lead.fields.get(field.field))
    )
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

/**
 * What a person stated wins over what was inferred, then later over earlier; of two at the same time the one with the
 * higher id, so that the order does not matter. An extraction always replaces what it said itself.
 */
function wins(candidate: FieldOrigin, known: FieldOrigin | undefined): boolean {
  if (!known || candidate.extractionId === known.extractionId) return true
  if (candidate.rank !== known.rank) return candidate.rank > known.rank
  return (
    candidate.observedAt > known.observedAt ||
    (candidate.observedAt === known.observedAt && candidate.extractionId >= known.extractionId)
  )
}
