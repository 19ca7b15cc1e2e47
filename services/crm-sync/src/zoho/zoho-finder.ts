import type { CallOptions, CrmProvider, FindObjects } from '../crm-provider.ts'
import { objectsIn, textIn, isJsonObject, type JsonObject } from '../vendor-json.ts'
import type { ZohoClient } from './zoho-client.ts'
import { zohoListOf } from './zoho-list.ts'

const PER_PAGE = 200
/** Zoho's clock and ours may differ by so much, in milliseconds. */
const CLOCK_SKEW_MS = 3_600_000
/** What was made longer ago stands in the index, which lags by minutes. */
const SURELY_INDEXED_AFTER_MS = 86_400_000
/** A search does not tell upper from lower case: others with the same letters may come first. */
const SAME_LETTERS = 10

/**
 * Goes through a module's records from the newest back to the wanted time. The list is made of the records themselves;
 * the search, whose index lags, could say of a task that was just made that it is not there. So it is asked only for
 * what was made long ago.
 */
export function createZohoFinder(
  client: ZohoClient,
  search: CrmProvider['searchRecords'],
  now: () => number
): FindObjects {
  return async ({ module, keyField }, { keys, since, longAgo }, call) => {
    const found = new Map<string, string>()
    const wanted = new Set(keys)
    const add = (crmId: string | null, key: unknown) => {
      if (crmId !== null && typeof key === 'string' && wanted.delete(key)) found.set(key, crmId)
    }
    const earliest = longAgo ? Math.max(since.getTime(), now() - SURELY_INDEXED_AFTER_MS) : since.getTime()
    for await (const records of newestFirst(client, module, keyField, call)) {
      for (const record of records) add(textIn(record, 'id'), record[keyField])
      const oldest = Date.parse(textIn(records.at(-1) ?? {}, 'Created_Time') ?? '')
      if (wanted.size === 0 || oldest < earliest - CLOCK_SKEW_MS) break
    }
    for (const value of longAgo ? [...wanted] : []) {
      const conditions = [{ apiName: keyField, how: 'is' as const, value }]
      const { records } = await search(module, { conditions, fields: [keyField], limit: SAME_LETTERS }, call)
      for (const { crmId, values } of records) add(crmId, values[keyField])
    }
    return found
  }
}

/** Pages of a module's records. @throws TransientError, PermanentError */
async function* newestFirst(
  client: ZohoClient,
  module: string,
  keyField: string,
  { lane, signal }: CallOptions
): AsyncGenerator<JsonObject[]> {
  const query = {
    fields: `${keyField},Created_Time`,
    sort_by: 'Created_Time',
    sort_order: 'desc',
    per_page: String(PER_PAGE)
  }
  let place: Readonly<Record<string, string>> | null = { page: '1' }
  while (place !== null) {
    const call = { operation: 'find-objects', method: 'GET', path: `/${module}`, credits: 1 } as const
    const list = zohoListOf(await client.call({ ...call, query: { ...query, ...place }, lane, signal }), module)
    yield objectsIn(list['data'])
    place = placeAfter(list, place)
  }
}

/** Beyond the first 2,000 records Zoho goes on by a token only, which its older versions do not give. */
function placeAfter({ info }: JsonObject, place: Readonly<Record<string, string>>): Record<string, string> | null {
  if (!isJsonObject(info) || info['more_records'] !== true) return null
  const token = textIn(info, 'next_page_token')
  return token === null ? { page: String(Number(place['page']) + 1) } : { page_token: token }
}
