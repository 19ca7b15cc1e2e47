import type { ObjectValues } from '@leadlog/contracts'
import { digitsOf } from '@leadlog/invoicing'
import type { CrmValues } from '../crm-provider.ts'
import { formatValue } from '../mapping/format-value.ts'
import type { CheckedObjects } from './checked-objects.ts'
import type { MappedObjectField } from './object-mapping.ts'
import type { Refusal } from '../write/refusal.ts'

/** What the CRM must hold of an object, by API name; or why it cannot. `values` are by Leadlog's names. */
export function objectCrmValues(
  identity: { readonly key: string; readonly leadId: string },
  values: ObjectValues,
  { mapping, lengths, choices }: CheckedObjects
): { values: CrmValues } | { refusal: Refusal } {
  const known: ObjectValues = { ...values, ...identity }
  const result: Record<string, string | number | null> = {}
  for (const mapped of mapping.fields) {
    const { field, apiName, format, maxLength } = mapped
    const value = known[field]
    if (value === undefined) continue
    const named = namedValue(mapped, value, known, mapping.names)
    result[apiName] = named === null ? null : formatValue(named, format, lengths.get(apiName) ?? maxLength)
    const list = choices.get(apiName)
    if (list !== undefined && named !== null && !list.includes(String(named))) {
      return { refusal: unknownChoice(mapped, String(named), list) }
    }
  }
  return { values: result }
}

/**
 * The number of a currency's minor units as an amount: 1999 of EUR is 19.99, 1999 of JPY stays.
 *
 * @throws TypeError for no currency of ISO 4217
 */
export function amountOf(minorUnits: number, currency: string): number {
  const digits = digitsOf(currency)
  return Number((minorUnits / 10 ** digits).toFixed(digits))
}

function namedValue(
  { field }: MappedObjectField,
  value: string | number | null,
  { currency }: ObjectValues,
  names: Readonly<Record<string, Readonly<Record<string, string>>>>
): string | number | null {
  if (field === 'amount' && typeof value === 'number' && typeof currency === 'string') return amountOf(value, currency)
  return typeof value === 'string' ? (names[field]?.[value] ?? value) : value
}

function unknownChoice({ field, apiName }: MappedObjectField, value: string, list: readonly string[]): Refusal {
  const code = field === 'stage' ? 'CRM_SYNC_STAGE_UNKNOWN' : 'CRM_SYNC_CHOICE_UNKNOWN'
  return { code, field: apiName, message: `${apiName}: the CRM has no "${value}", it has ${list.join(', ')}` }
}
