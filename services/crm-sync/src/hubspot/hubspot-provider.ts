import { TransientError } from '@leadlog/contracts'
import type { CrmProvider } from '../crm-provider.ts'
import { longestNote } from '../note/longest-note.ts'
import { createFieldCache } from '../mapping/field-cache.ts'
import type { HubspotClient } from './hubspot-client.ts'
import { deleteHubspotRecord } from './hubspot-delete.ts'
import { hubspotErrors } from './hubspot-errors.ts'
import { hubspotFields } from './hubspot-fields.ts'
import { createHubspotNotes } from './hubspot-notes.ts'
import { createHubspotObjects } from './hubspot-objects.ts'
import { createHubspotRecords, type IdentityProperties } from './hubspot-records.ts'
import { createHubspotSearch } from './hubspot-search.ts'

export interface HubspotProviderOptions {
  readonly client: HubspotClient
  /** For searches, which have a limit of their own. */
  readonly searchClient: HubspotClient
  /** Of leads. */
  readonly identity: IdentityProperties
  /** Unix milliseconds. */
  readonly now: () => number
}

const MAX_RECORDS = 100

/** HubSpot's CRM. */
export function createHubspotProvider({ client, searchClient, identity, now }: HubspotProviderOptions): CrmProvider {
  const readFields = createFieldCache(async (module) => {
    const result = await client.call({
      operation: 'read-properties',
      method: 'GET',
      path: `/crm/v3/properties/${encodeURIComponent(module)}`,
      lane: 'person'
    })
    if (result.kind === 'failed') throw result.error
    const fields = result.kind === 'answer' ? hubspotFields(result.body) : []
    if (fields.length > 0) return fields
    throw new TransientError(
      hubspotErrors.unavailable,
      `HubSpot did not tell the properties of ${module}; tried again later`
    )
  }, now)

  const writeRecords = createHubspotRecords(client)

  return {
    name: 'hubspot',
    maxRecordsPerCall: MAX_RECORDS,
    maxNoteLength: longestNote.hubspot,
    upsertRecords: (module, records, call) => writeRecords(module, records, identity, call),
    writeObjects: createHubspotObjects(client, writeRecords),
    // A batch finds objects by their keys.
    finderOf: () => null,
    searchRecords: createHubspotSearch(searchClient),
    ...createHubspotNotes(client, now),
    deleteRecord: (module, crmId, call) => deleteHubspotRecord(client, module, crmId, call),
    fieldMetadata: (module, { maxAgeMs }) => readFields(module, maxAgeMs)
  }
}
