import { TransientError } from '@leadlog/contracts'
import type { CrmProvider, LinkedTo } from '../crm-provider.ts'
import { createFieldCache } from '../mapping/field-cache.ts'
import { longestNote } from '../note/longest-note.ts'
import type { JsonObject } from '../vendor-json.ts'
import type { ZohoClient } from './zoho-client.ts'
import { zohoErrors } from './zoho-errors.ts'
import { zohoFields } from './zoho-fields.ts'
import { deleteZohoRecord } from './zoho-delete.ts'
import { createZohoNotes } from './zoho-notes.ts'
import { createZohoRecords, type ZohoIdentity, type ZohoTrigger } from './zoho-records.ts'
import { createZohoSearch } from './zoho-search.ts'

export interface ZohoProviderOptions {
  readonly client: ZohoClient
  /** For example `v8`. */
  readonly apiVersion: string
  /** API names of the fields that tell whose record it is: the e-mail address first, then Leadlog's own id. */
  readonly identityFields: ZohoIdentity
  /** Which of Zoho's automations a write starts. None by default: a repeated write must not send mail again. */
  readonly triggers?: readonly ZohoTrigger[]
  /** Unix milliseconds. */
  readonly now: () => number
}

const MAX_RECORDS = 100

/** Zoho CRM. */
export function createZohoProvider(options: ZohoProviderOptions): CrmProvider {
  const { client, identityFields, triggers = [] } = options
  const { createNote, findNote, noteValues } = createZohoNotes(client, options.apiVersion)
  const writeRecords = createZohoRecords(client, triggers)

  const readFields = createFieldCache(async (module) => {
    const query = { module }
    const call = { operation: 'read-fields', method: 'GET', path: '/settings/fields', credits: 1 } as const
    const result = await client.call({ ...call, query, lane: 'person' })
    const fields = result.kind === 'answer' ? zohoFields(result.body) : []
    if (result.kind === 'failed') throw result.error
    if (fields.length > 0) return fields
    throw new TransientError(zohoErrors.unavailable, `Zoho did not tell the fields of ${module}; tried again later`)
  }, options.now)

  return {
    name: 'zoho',
    maxRecordsPerCall: MAX_RECORDS,
    maxNoteLength: longestNote.zoho,
    upsertRecords: (module, records, call) => writeRecords(module, records, identityFields, call),
    writeObjects({ kind, module, keyField, emailField }, objects, call) {
      const identity: ZohoIdentity = [keyField, ...(emailField === null ? [] : [emailField])]
      const records = objects.map((object) => ({ ...object, lookups: kind === 'deal' ? contactOf(object) : {} }))
      return writeRecords(module, records, identity, call)
    },
    deleteRecord: (module, crmId, call) => deleteZohoRecord(client, module, crmId, call),
    searchRecords: createZohoSearch(client),
    createNote,
    findNote,
    noteValues,
    fieldMetadata: (module) => readFields(module)
  }
}

/** Zoho keeps one contact of a deal: naming another one takes the first away. */
function contactOf({ linkedTo, formerly }: { linkedTo: LinkedTo; formerly: LinkedTo }): JsonObject {
  if (linkedTo.contact !== undefined) return { Contact_Name: { id: linkedTo.contact } }
  return formerly.contact === undefined ? {} : { Contact_Name: null }
}
