import { TransientError, type ObjectKind } from '@leadlog/contracts'
import type { CrmProvider } from '../crm-provider.ts'
import { createFieldCache } from '../mapping/field-cache.ts'
import { longestNote } from '../note/longest-note.ts'
import type { ZohoClient } from './zoho-client.ts'
import { zohoErrors } from './zoho-errors.ts'
import { zohoFields } from './zoho-fields.ts'
import { deleteZohoRecord } from './zoho-delete.ts'
import { createZohoFinder } from './zoho-finder.ts'
import { zohoLookups } from './zoho-lookups.ts'
import { createZohoNotes } from './zoho-notes.ts'
import { createZohoRecords, type ZohoIdentity, type ZohoTrigger } from './zoho-records.ts'
import { createZohoSearch } from './zoho-search.ts'

export interface ZohoProviderOptions {
  readonly client: ZohoClient
  /** For example `v8`. */
  readonly apiVersion: string
  /** API names of the fields that tell whose record it is: the e-mail address first, then Leadlog's own id. */
  readonly identityFields: ZohoIdentity
  /** API name of the module that holds leads. */
  readonly leadModule: string
  /** Which of Zoho's automations a write starts. None by default: a repeated write must not send mail again. */
  readonly triggers?: readonly ZohoTrigger[]
  /** Unix milliseconds. */
  readonly now: () => number
}

const MAX_RECORDS = 100
/** Zoho has no upsert for these. */
const insertedKinds: ReadonlySet<ObjectKind> = new Set(['task'])

/** Zoho CRM. */
export function createZohoProvider(options: ZohoProviderOptions): CrmProvider {
  const { client, identityFields, leadModule, triggers = [] } = options
  const { createNote, findNote, noteValues } = createZohoNotes(client, options.apiVersion)
  const writeRecords = createZohoRecords(client, triggers)
  const searchRecords = createZohoSearch(client)
  const findObjects = createZohoFinder(client, searchRecords, options.now)

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
    writeObjects(target, objects, call) {
      const { kind, module, keyField, emailField } = target
      const identity: ZohoIdentity = [keyField, ...(emailField === null ? [] : [emailField])]
      const records = objects.map((object) => ({ ...object, lookups: zohoLookups(target, object, leadModule) }))
      return writeRecords(module, records, identity, call, insertedKinds.has(kind) ? 'insert' : 'upsert')
    },
    finderOf: (kind) => (insertedKinds.has(kind) ? findObjects : null),
    deleteRecord: (module, crmId, call) => deleteZohoRecord(client, module, crmId, call),
    searchRecords,
    createNote,
    findNote,
    noteValues,
    fieldMetadata: (module, { maxAgeMs }) => readFields(module, maxAgeMs)
  }
}
