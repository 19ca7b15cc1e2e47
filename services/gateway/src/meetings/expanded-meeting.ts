import { Nullable } from '@leadlog/contracts'
import { Type, type TObject, type TProperties } from '@sinclair/typebox'
import type { ReadDatabase } from '../database/database.ts'
import { Lead } from '../leads/lead.schema.ts'
import { findLeadsById } from '../leads/leads.queries.ts'

/** What a meeting can be answered with, so that nobody asks once more for each. */
export const MEETING_EXPANSIONS = ['lead'] as const

/** A meeting's schema with what `expand` may add. */
export function withLead<P extends TProperties>(meeting: TObject<P>) {
  const expanded = Type.Object({ lead: Nullable(Lead) }, { description: 'what `expand` asked for' })
  return Type.Object({ ...meeting.properties, expanded: Type.Optional(expanded) })
}

/** The meetings with their leads: one statement for all of them. */
export async function expandMeetings<M extends { readonly leadId: string | null }>(
  db: ReadDatabase,
  meetings: readonly M[]
): Promise<(M & { expanded: { lead: Lead | null } })[]> {
  const leads = await findLeadsById(
    db,
    meetings.flatMap(({ leadId }) => (leadId === null ? [] : [leadId]))
  )
  return meetings.map((meeting) => ({ ...meeting, expanded: { lead: leads.get(meeting.leadId ?? '') ?? null } }))
}
