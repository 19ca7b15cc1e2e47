import { asText, isJsonObject } from '../json.ts'
import type { JsonObject, JsonValue } from '../json.ts'
import { jsonAnswer } from '../vendors.ts'
import type { VendorAnswer } from '../vendors.ts'
import { refusal, refusedAnswer } from './hubspot-errors.ts'
import { propertyOf } from './hubspot-properties.ts'
import { showObject } from './hubspot-show.ts'
import type { HubspotObject } from './hubspot-store.ts'

const MAX_PER_PAGE = 200
const DEFAULT_PER_PAGE = 10
/** Nothing beyond this is ever shown. */
const MAX_RESULTS = 10_000

type Test = (value: string | null, filter: JsonObject) => boolean

const textOf = (value: JsonValue | undefined): string => asText(value) ?? JSON.stringify(value ?? '')
const listOf = (value: JsonValue | undefined): string[] => (Array.isArray(value) ? value.map(textOf) : [])
const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase()

/** Moments and numbers by size, everything else as text. */
const sizeOf = (text: string): number => {
  const number = Number(text)
  return Number.isNaN(number) ? Date.parse(text) : number
}

const compares =
  (holds: (value: number, limit: number) => boolean): Test =>
  (value, filter) =>
    value !== null && holds(sizeOf(value), sizeOf(textOf(filter.value)))

const operators: Record<string, Test> = {
  EQ: (value, filter) => value !== null && same(value, textOf(filter.value)),
  NEQ: (value, filter) => value === null || !same(value, textOf(filter.value)),
  IN: (value, filter) => value !== null && listOf(filter.values).some((one) => same(one, value)),
  NOT_IN: (value, filter) => value === null || !listOf(filter.values).some((one) => same(one, value)),
  HAS_PROPERTY: (value) => value !== null,
  NOT_HAS_PROPERTY: (value) => value === null,
  CONTAINS_TOKEN: (value, filter) =>
    value !== null && value.toLowerCase().includes(textOf(filter.value).replaceAll('*', '').toLowerCase()),
  GT: compares((value, limit) => value > limit),
  GTE: compares((value, limit) => value >= limit),
  LT: compares((value, limit) => value < limit),
  LTE: compares((value, limit) => value <= limit),
  BETWEEN: (value, filter) =>
    value !== null && sizeOf(value) >= sizeOf(textOf(filter.value)) && sizeOf(value) <= sizeOf(textOf(filter.highValue))
}

const invalid = (message: string): VendorAnswer => refusedAnswer(refusal('VALIDATION_ERROR', message))

/** A search in what the index shows by now: any of the groups, all filters of a group. */
export const searchAnswer = (
  objectType: string,
  searchable: readonly HubspotObject[],
  body: JsonObject | undefined
): VendorAnswer => {
  const groups = Array.isArray(body?.filterGroups) ? body.filterGroups.filter(isJsonObject) : []
  const filtersOf = ({ filters }: JsonObject): JsonObject[] =>
    Array.isArray(filters) ? filters.filter(isJsonObject) : []
  for (const filter of groups.flatMap(filtersOf)) {
    if (operators[textOf(filter.operator)] === undefined) return invalid(`Invalid operator ${textOf(filter.operator)}`)
    if (propertyOf(objectType, textOf(filter.propertyName)) === undefined) {
      return invalid(`There was a problem with the request: ${textOf(filter.propertyName)} is no property`)
    }
  }
  const limit = typeof body?.limit === 'number' ? body.limit : DEFAULT_PER_PAGE
  if (limit < 1 || limit > MAX_PER_PAGE) return invalid(`The limit must be between 1 and ${MAX_PER_PAGE}`)
  const after = Number(body?.after ?? 0) || 0
  if (after + limit > MAX_RESULTS) return invalid(`Only the first ${MAX_RESULTS} results can be read`)

  const holds = (object: HubspotObject, filter: JsonObject): boolean =>
    operators[textOf(filter.operator)]?.(object.properties[textOf(filter.propertyName)] ?? null, filter) ?? false
  const found = searchable.filter(
    (object) => groups.length === 0 || groups.some((group) => filtersOf(group).every((one) => holds(object, one)))
  )
  const names = listOf(body?.properties)
  const page = found.slice(after, after + limit).map((object) => showObject(objectType, object, names))
  const next = after + limit
  return jsonAnswer(200, {
    total: found.length,
    results: page,
    ...(found.length > next ? { paging: { next: { after: String(next) } } } : {})
  })
}
