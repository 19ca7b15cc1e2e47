import type { CrmProvider, FoundRecord, RecordSearch } from '../crm-provider.ts'
import { isJsonObject, objectsIn, textIn, type JsonObject } from '../vendor-json.ts'
import type { ZohoClient } from './zoho-client.ts'
import { zohoListOf } from './zoho-list.ts'

/** What one page may hold. */
const MAX_PER_PAGE = 200

/** Searches what Zoho's index shows by now. Nothing found is an answer without a body. */
export function createZohoSearch(client: ZohoClient): CrmProvider['searchRecords'] {
  return async (module, search, { lane, signal }) => {
    const result = await client.call({
      operation: 'search-records',
      method: 'GET',
      path: `/${module}/search`,
      query: {
        criteria: criteriaOf(search),
        fields: search.fields.join(','),
        per_page: String(Math.min(search.limit, MAX_PER_PAGE))
      },
      lane,
      credits: 1,
      signal
    })
    const body = zohoListOf(result, module)
    const info = isJsonObject(body['info']) ? body['info'] : {}
    return {
      records: objectsIn(body['data']).flatMap((record) => foundRecord(record, search.fields)),
      more: info['more_records'] === true
    }
  }
}

function criteriaOf({ conditions }: RecordSearch): string {
  const parts = conditions.map(
    ({ apiName, how, value }) => `(${apiName}:${how === 'is' ? 'equals' : 'starts_with'}:${escaped(value)})`
  )
  return parts.length === 1 ? (parts[0] ?? '') : `(${parts.join('and')})`
}

/** Brackets, commas and backslashes have a meaning of their own in criteria. */
function escaped(value: string): string {
  return value.replaceAll(/[\\(),]/g, (sign) => `\\${sign}`)
}

function foundRecord(record: JsonObject, fields: readonly string[]): FoundRecord[] {
  const crmId = textIn(record, 'id')
  const valueOf = (name: string) => {
    const value = record[name]
    return typeof value === 'number' || typeof value === 'string' ? value : null
  }
  return crmId === null ? [] : [{ crmId, values: Object.fromEntries(fields.map((name) => [name, valueOf(name)])) }]
}
