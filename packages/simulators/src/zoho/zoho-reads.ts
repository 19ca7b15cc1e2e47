import { asText, isJsonObject } from '../json.ts'
import type { JsonObject } from '../json.ts'
import { emptyAnswer, jsonAnswer } from '../vendors.ts'
import type { VendorAnswer } from '../vendors.ts'
import { parseCriteria, wordCriterion } from './search-criteria.ts'
import type { Criterion } from './search-criteria.ts'
import { zohoError } from './zoho-errors.ts'
import { fieldsOf } from './zoho-fields.ts'
import type { ZohoRecord } from './zoho-store.ts'
import type { ZohoVersion } from './zoho-version.ts'

const MAX_PER_PAGE = 200

/** A record as Zoho shows it: every field of the module, unset ones as null. */
export const showRecord = (module: string, record: ZohoRecord): JsonObject => {
  const shown: JsonObject = {}
  for (const field of fieldsOf(module) ?? []) shown[field.apiName] = record[field.apiName] ?? null
  if ('Full_Name' in shown) {
    const parts = [asText(record.First_Name), asText(record.Last_Name)]
    shown.Full_Name = parts.filter((part) => part !== undefined).join(' ')
  }
  return { ...shown, ...record }
}

const pick = (record: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(['id', ...names].map((name) => [name, record[name] ?? null]))

const wholeNumber = (text: string | null, fallback: number): number =>
  text !== null && /^\d+$/.test(text) ? Number(text) : fallback

/** Records beyond these are shown to a page token only. */
const MAX_BY_PAGE_NUMBER = 2_000
const TOKEN_START = 'page-'

const sortFields: readonly string[] = ['id', 'Created_Time', 'Modified_Time']

/** By size where both are ids, by time otherwise; those of one second by their ids. */
const compare = (a: ZohoRecord, b: ZohoRecord, by: string): number => {
  const times = by === 'id' ? 0 : Date.parse(asText(a[by]) ?? '') - Date.parse(asText(b[by]) ?? '')
  if (times !== 0) return times
  return BigInt(a.id) < BigInt(b.id) ? -1 : BigInt(a.id) > BigInt(b.id) ? 1 : 0
}

interface Sorting {
  by: string
  order: 'asc' | 'desc'
}

const sortingOf = (query: URLSearchParams): Sorting => ({
  by: query.get('sort_by') ?? 'id',
  order: query.get('sort_order') === 'asc' ? 'asc' : 'desc'
})

/** One page of records; 204 where there are none, as Zoho answers. */
export const listAnswer = (
  module: string,
  records: readonly ZohoRecord[],
  query: URLSearchParams,
  unnamedFields: readonly string[] | undefined,
  { withTokens = false, sorting = { by: 'id', order: 'desc' } }: { withTokens?: boolean; sorting?: Sorting } = {}
): VendorAnswer => {
  const perPage = Math.min(Math.max(wholeNumber(query.get('per_page'), MAX_PER_PAGE), 1), MAX_PER_PAGE)
  const token = query.get('page_token')
  const page = Math.max(wholeNumber(token?.slice(TOKEN_START.length) ?? query.get('page'), 1), 1)
  if (withTokens && token === null && page * perPage > MAX_BY_PAGE_NUMBER) {
    return zohoError('DISCRETE_PAGINATION_LIMIT_EXCEEDED', { limit: MAX_BY_PAGE_NUMBER })
  }
  const slice = records.slice((page - 1) * perPage, page * perPage)
  if (slice.length === 0) return emptyAnswer(204)
  const more = records.length > page * perPage
  const fields = query.get('fields')?.split(',') ?? unnamedFields
  const data = slice.map((record) => {
    const shown = showRecord(module, record)
    return fields === undefined ? shown : pick(shown, fields)
  })
  return jsonAnswer(200, {
    data,
    info: {
      per_page: perPage,
      count: data.length,
      page,
      sort_by: sorting.by,
      sort_order: sorting.order,
      more_records: more,
      ...(withTokens ? { next_page_token: more ? `${TOKEN_START}${page + 1}` : null } : {})
    }
  })
}

/** A record list, the newest first unless asked otherwise; it needs `fields` in newer versions. */
export const recordListAnswer = (
  module: string,
  records: readonly ZohoRecord[],
  query: URLSearchParams,
  version: ZohoVersion
): VendorAnswer => {
  if (version.needsFields && query.get('fields') === null) {
    return zohoError('REQUIRED_PARAM_MISSING', { param_name: 'fields' })
  }
  const sorting = sortingOf(query)
  if (!sortFields.includes(sorting.by)) return zohoError('INVALID_DATA', { api_name: 'sort_by' })
  const direction = sorting.order === 'asc' ? 1 : -1
  const sorted = [...records].sort((a, b) => direction * compare(a, b, sorting.by))
  return listAnswer(module, sorted, query, undefined, { withTokens: version.needsFields, sorting })
}

const criterionOf = (query: URLSearchParams): Criterion | undefined => {
  const [criteria, email, phone, word] = ['criteria', 'email', 'phone', 'word'].map(
    (name) => query.get(name) ?? undefined
  )
  if (criteria !== undefined) return parseCriteria(criteria)
  if (email !== undefined) return (record) => asText(record.Email)?.toLowerCase() === email.toLowerCase()
  if (phone !== undefined) return (record) => [record.Phone, record.Mobile].some((known) => known === phone)
  return word === undefined || word.length < 2 ? undefined : wordCriterion(word)
}

/** What newer versions show of a found record where no `fields` are asked for. */
const unnamedSearchFields = ['Last_Name', 'Email']

/** A search in what the index shows by now. */
export const searchAnswer = (
  module: string,
  searchable: readonly ZohoRecord[],
  query: URLSearchParams,
  version: ZohoVersion
): VendorAnswer => {
  const asked = ['criteria', 'email', 'phone', 'word'].some((name) => query.has(name))
  if (!asked) return zohoError('REQUIRED_PARAM_MISSING', { param_name: 'criteria' })
  const criterion = criterionOf(query)
  if (criterion === undefined) return zohoError('INVALID_QUERY', { reason: 'the criteria cannot be read' })
  const found = searchable.filter((record) => isJsonObject(record) && criterion(showRecord(module, record)))
  return listAnswer(module, found, query, version.needsFields ? unnamedSearchFields : undefined)
}
