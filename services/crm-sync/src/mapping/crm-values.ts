import { createHash } from 'node:crypto'
import type { CrmValues } from '../crm-provider.ts'
import type { CheckedMapping } from './check-mapping.ts'
import type { DomainValue, DomainValues } from './domain-field.ts'
import { formatValue } from './format-value.ts'
import type { MappedField, MappingDocument } from './mapping-document.ts'

/** Stands in a field that the CRM insists on and that nothing is known for. */
const NOT_KNOWN = 'Unknown'

/**
 * What the CRM record must hold, by API name. `written` are the names written before: a field that had a value and has
 * none now is cleared, so that the record does not depend on which states happened to be written.
 */
export function crmValuesOf(values: DomainValues, mapping: CheckedMapping, written: readonly string[] = []): CrmValues {
  const result: Record<string, string | number | null> = {}
  const before = new Set(written)
  for (const mapped of mapping.document.fields) {
    const { apiName, format, maxLength } = mapped
    const value = namedValue(mapped, values, mapping.document)
    const formatted = value === undefined ? null : formatValue(value, format, mapping.lengths.get(apiName) ?? maxLength)
    if (formatted !== null) result[apiName] = formatted
    else if (mapping.compulsory.has(apiName)) result[apiName] = NOT_KNOWN
    else if (before.has(apiName)) result[apiName] = null
  }
  return result
}

/** The same for the same names and values in any order. */
export function valuesDigest(values: CrmValues): string {
  const sorted = Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex')
}

/** The API name of the field that holds the e-mail address, by which records are found. */
export function emailField(document: MappingDocument): string {
  return document.fields.find(({ field }) => field === 'email')?.apiName ?? 'Email'
}

/** Statuses and sources by their names in the CRM; other values as they are. */
function namedValue(
  { field }: MappedField,
  values: DomainValues,
  { statuses, sources }: MappingDocument
): DomainValue | undefined {
  const value = values[field]
  if (typeof value !== 'string') return value
  if (field === 'status') return (statuses as Record<string, string | null>)[value] ?? undefined
  if (field === 'source') return sources[value]
  return value
}
