import { Nullable } from '@leadlog/contracts'
import { Type, type TObject, type TProperties } from '@sinclair/typebox'
import type { ReadDatabase } from '../database/database.ts'
import { Lead } from './lead.schema.ts'
import { findLeadsById } from './leads.queries.ts'

/** What belongs to a lead can be answered with it, so that nobody asks once more for each. */
export const LEAD_OF_IT = ['lead'] as const

/** The schema of something with what `expand` may add. */
export function withLead<P extends TProperties>(thing: TObject<P>) {
  const expanded = Type.Object({ lead: Nullable(Lead) }, { description: 'what `expand` asked for' })
  return Type.Object({ ...thing.properties, expanded: Type.Optional(expanded) })
}

/** The things with their leads: one statement for all of them. */
export async function expandWithLeads<T extends { readonly leadId: string | null }>(
  db: ReadDatabase,
  things: readonly T[]
): Promise<(T & { expanded: { lead: Lead | null } })[]> {
  const leads = await findLeadsById(
    db,
    things.flatMap(({ leadId }) => (leadId === null ? [] : [leadId]))
  )
  return things.map((thing) => ({ ...thing, expanded: { lead: leads.get(thing.leadId ?? '') ?? null } }))
}
