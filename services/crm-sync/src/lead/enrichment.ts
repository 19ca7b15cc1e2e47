import {
  fieldRank,
  type DataOf,
  type EnrichedField,
  type ExtractionKind,
  type FieldRank,
  type LeadEnriched,
  type LeadFieldsCleared
} from '@leadlog/contracts'

interface Observed<Value> {
  readonly value: Value
  /** Own time of what was read, Unix milliseconds. */
  readonly observedAt: number
  readonly extractionId: string
  readonly rank: FieldRank
}

/** The newest observed value of each field, and the newest confidence of each kind of extraction. */
export interface Enrichment {
  readonly fields: ReadonlyMap<string, Observed<EnrichedField['value']>>
  readonly confidence: Readonly<Partial<Record<ExtractionKind, Observed<number>>>>
}

/** Of what nobody could infer. */
const SAME_RANK: FieldRank = 1

export const noEnrichment: Enrichment = { fields: new Map(), confidence: {} }

/** Adds the fields of one extraction. The result is the same for every order of the same extractions. */
export function addEnrichment(enrichment: Enrichment, data: DataOf<typeof LeadEnriched>): Enrichment {
  const observedAt = Date.parse(data.observedAt)
  const fields = new Map(enrichment.fields)
  for (const enriched of data.fields) {
    const { field, value } = enriched
    if (isEmpty(value)) continue
    const observed = { value, observedAt, extractionId: data.extractionId, rank: fieldRank(enriched) }
    fields.set(field, better(fields.get(field), observed))
  }
  if (data.confidence === null) return { ...enrichment, fields }
  const observed = { value: data.confidence, observedAt, extractionId: data.extractionId, rank: SAME_RANK }
  return {
    fields,
    confidence: { ...enrichment.confidence, [data.kind]: better(enrichment.confidence[data.kind], observed) }
  }
}

/** Takes back fields that their extraction, read anew, no longer supports. */
export function withoutFields(
  enrichment: Enrichment,
  { extractionId, fields }: DataOf<typeof LeadFieldsCleared>
): Enrichment {
  const gone = new Set(fields)
  const kept = [...enrichment.fields].filter(
    ([field, observed]) => !gone.has(field) || observed.extractionId !== extractionId
  )
  return { ...enrichment, fields: new Map(kept) }
}

/**
 * What a person stated wins over what was inferred, then later facts over earlier ones; the extraction's id decides
 * between equal times, and what was read last between two readings of the same.
 */
function better<Value>(known: Observed<Value> | undefined, candidate: Observed<Value>): Observed<Value> {
  if (known === undefined || candidate.extractionId === known.extractionId) return candidate
  if (candidate.rank !== known.rank) return candidate.rank > known.rank ? candidate : known
  const order = candidate.observedAt - known.observedAt
  if (order !== 0) return order > 0 ? candidate : known
  return candidate.extractionId >= known.extractionId ? candidate : known
}

function isEmpty(value: EnrichedField['value']): boolean {
  if (typeof value === 'number') return !Number.isFinite(value)
  return typeof value === 'string' ? value.trim() === '' : value.every((entry) => entry.trim() === '')
}
