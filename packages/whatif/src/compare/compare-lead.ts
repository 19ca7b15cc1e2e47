import {
  isEvent,
  LeadEnriched,
  LeadFieldsCleared,
  LeadIntelExtracted,
  MeddicExtracted,
  type EnrichedField,
  type EventOf,
  type NewEvent,
  type RecordedEvent
} from '@leadlog/contracts'
import { enrichLead, enrichmentOf } from '@leadlog/crm/what-if'
import { crmValuesOf, domainValuesOf, leadStateOf, type CheckedMapping } from '@leadlog/crm-sync/what-if'
import type { NewResult } from '../read/read-again.ts'
import type { Difference, Side } from './difference.ts'

/** The mapping in force, and the one that is tried out. */
export interface Mappings {
  readonly is: CheckedMapping
  readonly wouldBe: CheckedMapping
}

/**
 * What the CRM record of a lead would hold if `results` were what its contents had given, beside what it holds by the
 * lead's own history. The very deciders of the services are used, so that what is put into force later gives just this.
 *
 * @param lead the lead's history
 * @param written API names that were ever written to its CRM record
 */
export function compareLead(
  lead: readonly RecordedEvent[],
  results: readonly NewResult[],
  mappings: Mappings,
  written: readonly string[]
): Difference[] {
  const wouldBe = withResults(lead, results)
  const before = crmValuesOf(domainValuesOf(leadStateOf(lead)), mappings.is, written)
  const after = crmValuesOf(domainValuesOf(leadStateOf(wouldBe)), mappings.wouldBe, written)
  const origins = { is: originsOf(lead), wouldBe: originsOf(wouldBe) }
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return names.flatMap((field) => {
    const is = before[field] ?? null
    const next = after[field] ?? null
    if (is === next) return []
    const left = domainFieldOf(field, mappings.is)
    const right = domainFieldOf(field, mappings.wouldBe)
    return [
      {
        field,
        domainField: left === null || right === null || left === right ? (right ?? left) : null,
        kind: is === null ? ('added' as const) : next === null ? ('removed' as const) : ('changed' as const),
        is: sideOf(is, origins.is.get(left ?? '')),
        wouldBe: sideOf(next, origins.wouldBe.get(right ?? ''))
      }
    ]
  })
}

/** The lead's history as it would go on if the results were recorded now. */
function withResults(lead: readonly RecordedEvent[], results: readonly NewResult[]): readonly RecordedEvent[] {
  return results.reduce<readonly RecordedEvent[]>((history, result) => {
    const state = history.reduce((known, event) => enrichLead.evolve(known, event), enrichLead.initialState())
    const decided = enrichLead.decide(enrichmentOf(asEvent(result)), state)
    if ('refused' in decided) return history
    const last = history.at(-1)?.sequence ?? 0
    return [...history, ...decided.map((event, index) => imagined(event, last + index + 1))]
  }, lead)
}

function asEvent({ kind, data }: NewResult): Parameters<typeof enrichmentOf>[0] {
  const definition = kind === 'meddic' ? MeddicExtracted : LeadIntelExtracted
  return imagined({ definition, aggregateId: data.extractionId, data }, 0) as Parameters<typeof enrichmentOf>[0]
}

/** An event that is only thought of: what folds look at, and nothing else. */
function imagined({ definition, data }: Pick<NewEvent, 'definition' | 'aggregateId' | 'data'>, sequence: number) {
  return { type: definition.type, data, sequence } as unknown as RecordedEvent
}

interface Origin {
  readonly evidence: string | null
  readonly readBy: string
  readonly extractionId: string
}

/** Which reading gave each field of the lead, by Leadlog's own names. */
function originsOf(lead: readonly RecordedEvent[]): ReadonlyMap<string, Origin> {
  const origins = new Map<string, Origin>()
  for (const event of lead) {
    if (isEvent(event, LeadEnriched)) {
      for (const field of event.data.fields) origins.set(field.field, originOf(event, field))
    } else if (isEvent(event, LeadFieldsCleared)) {
      for (const name of event.data.fields) origins.delete(name)
    }
  }
  return origins
}

function originOf({ data }: EventOf<typeof LeadEnriched>, { evidence }: EnrichedField): Origin {
  return { evidence, readBy: readByOf(data), extractionId: data.extractionId }
}

/** `gemini gemini-3.5-flash, lead-intel-2`; the rules are their own model and prompt. */
export function readByOf(call: { provider: string; model: string; promptVersion: string }): string {
  return call.promptVersion === call.model ? call.model : `${call.provider} ${call.model}, ${call.promptVersion}`
}

function sideOf(value: Side['value'], origin: Origin | undefined): Side {
  const known = value === null ? undefined : origin
  return { value, evidence: known?.evidence ?? null, readBy: known?.readBy ?? null }
}

function domainFieldOf(apiName: string, { document }: CheckedMapping): string | null {
  return document.fields.find((mapped) => mapped.apiName === apiName)?.field ?? null
}
