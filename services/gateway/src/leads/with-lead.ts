import { Nullable } from '@leadlog/contracts'
import { Type, type TObject, type TProperties } from '@sinclair/typebox'
import type { ReadDatabase } from '../database/database.ts'
import type { Page } from '../query/page.ts'
import { choicesParameter } from '../query/parameter.ts'
import { Lead } from './lead.schema.ts'
import { findLeadsById } from './leads.queries.ts'

/** What belongs to a lead can be answered with it, so that nobody asks once more for each. */
const LEAD_OF_IT = ['lead'] as const

/** `expand` of a route that can answer the lead too. */
export const expandParameter = () => choicesParameter({ description: 'what else to answer', words: LEAD_OF_IT })

/** The schema of something with what `expand` may add. */
export function withLead<P extends TProperties>(thing: TObject<P>) {
  const expanded = Type.Object({ lead: Nullable(Lead) }, { description: 'what `expand` asked for' })
  return Type.Object({ ...thing.properties, expanded: Type.Optional(expanded) })
}

/** What `expand` asked for; undefined where nothing was. */
type Expand = readonly (typeof LEAD_OF_IT)[number][] | undefined

interface OfLead {
  readonly leadId: string | null
}

type Expanded<T> = T & { expanded?: { lead: Lead | null } }

/** A page of things, with their leads where `expand` asks for them: one statement for all of them. */
export async function pageWithLeads<T extends OfLead>(
  db: ReadDatabase,
  { data, nextCursor }: Page<T>,
  expand: Expand
): Promise<Page<Expanded<T>>> {
  return { data: expand === undefined ? data : await expandWithLeads(db, data), nextCursor }
}

/** One thing, with its lead where `expand` asks for it; null where there is none. */
export async function oneWithLead<T extends OfLead>(
  db: ReadDatabase,
  thing: T | null,
  expand: Expand
): Promise<Expanded<T> | null> {
  if (thing === null || expand === undefined) return thing
  const [expanded] = await expandWithLeads(db, [thing])
  return expanded ?? null
}

async function expandWithLeads<T extends OfLead>(db: ReadDatabase, things: readonly T[]): Promise<Expanded<T>[]> {
  const leads = await findLeadsById(
    db,
    things.flatMap(({ leadId }) => (leadId === null ? [] : [leadId]))
  )
  return things.map((thing) => ({ ...thing, expanded: { lead: leads.get(thing.leadId ?? '') ?? null } }))
}
