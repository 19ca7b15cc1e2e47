import { TransientError } from '@leadlog/contracts'
import { bodyRead } from '../crm-call.ts'
import type { CrmProvider, FoundRecord } from '../crm-provider.ts'
import { isJsonObject, objectsIn, textIn, type JsonObject } from '../vendor-json.ts'
import type { HubspotClient } from './hubspot-client.ts'
import { hubspotErrors } from './hubspot-errors.ts'

/** What one page may hold. */
const MAX_PER_PAGE = 200

/**
 * Searches what HubSpot's index shows by now. HubSpot knows words and no beginnings: what begins otherwise is left out
 * of the page that it gives.
 */
export function createHubspotSearch(client: HubspotClient): CrmProvider['searchRecords'] {
  return async (module, { conditions, fields, limit }, call) => {
    const result = await client.call({
      operation: 'search-records',
      method: 'POST',
      path: `/crm/v3/objects/${encodeURIComponent(module)}/search`,
      json: {
        filterGroups: [
          {
            filters: conditions.map(({ apiName, how, value }) =>
              how === 'is'
                ? { propertyName: apiName, operator: 'EQ', value }
                : { propertyName: apiName, operator: 'CONTAINS_TOKEN', value: `${value}*` }
            )
          }
        ],
        properties: [...new Set([...fields, ...conditions.map(({ apiName }) => apiName)])],
        limit: Math.min(limit, MAX_PER_PAGE)
      },
      effect: 'read',
      ...call
    })
    const read = bodyRead(result, hubspotErrors.unavailable)
    const body = isJsonObject(read) ? read : {}
    if (textIn(body, 'status') === 'error') {
      const category = textIn(body, 'category') ?? 'no category'
      throw new TransientError(hubspotErrors.unavailable, `HubSpot did not search: ${category}`)
    }
    const begins = conditions.filter(({ how }) => how === 'begins')
    const found = objectsIn(body['results']).filter(({ properties }) =>
      begins.every(({ apiName, value }) => textOf(properties, apiName)?.toLowerCase().startsWith(value.toLowerCase()))
    )
    return { records: found.flatMap((record) => foundRecord(record, fields)), more: isJsonObject(body['paging']) }
  }
}

function foundRecord(record: JsonObject, fields: readonly string[]): FoundRecord[] {
  const crmId = textIn(record, 'id')
  const values = Object.fromEntries(fields.map((name) => [name, textOf(record['properties'], name)]))
  return crmId === null ? [] : [{ crmId, values }]
}

function textOf(properties: unknown, name: string): string | null {
  return isJsonObject(properties) ? textIn(properties, name) : null
}
