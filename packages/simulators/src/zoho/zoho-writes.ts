import type { JsonObject } from '../json.ts'
import { checkRecord } from './field-check.ts'
import { lookupErrors, moduleOfAbout } from './lookup-check.ts'
import { itemError, joinItemErrors } from './zoho-errors.ts'
import type { ItemResult } from './zoho-errors.ts'
import { fieldsOf } from './zoho-fields.ts'
import type { ZohoField } from './zoho-fields.ts'
import { zohoUser } from './zoho-store.ts'
import type { ZohoRecord, ZohoStore } from './zoho-store.ts'
import type { ZohoVersion } from './zoho-version.ts'

/** Where a write goes and under which rules. */
export interface WriteTarget {
  store: ZohoStore
  module: string
  version: ZohoVersion
  /** `Module.Field` of fields that are not there any more. */
  removed: readonly string[]
}

const fieldsThere = ({ module, removed }: WriteTarget): ZohoField[] =>
  (fieldsOf(module) ?? []).filter(({ apiName }) => !removed.includes(`${module}.${apiName}`))

const success = (record: ZohoRecord, message: string, more: JsonObject = {}): ItemResult => ({
  code: 'SUCCESS',
  ...more,
  details: {
    Modified_Time: record.Modified_Time,
    Modified_By: zohoUser,
    Created_Time: record.Created_Time,
    id: record.id,
    Created_By: zohoUser,
    $approval_state: 'approved'
  },
  message,
  status: 'success'
})

const pathIn =
  (version: ZohoVersion, index: number) =>
  (apiName: string): JsonObject =>
    version.hasJsonPath ? { json_path: `$.data[${index}].${apiName}` } : {}

const duplicateErrors = (
  { store, module, version }: WriteTarget,
  fields: readonly ZohoField[],
  values: JsonObject,
  own: { index: number; id?: string }
): ItemResult[] =>
  fields.flatMap((field) => {
    const value = values[field.apiName]
    const other = field.unique && value !== undefined ? store.findBy(module, field.apiName, value) : undefined
    if (other === undefined || other.id === own.id) return []
    return itemError('DUPLICATE_DATA', {
      api_name: field.apiName,
      ...pathIn(version, own.index)(field.apiName),
      id: other.id,
      duplicate_record: {
        id: other.id,
        module: { api_name: module, id: '4150868000000000125' },
        owner: zohoUser
      }
    })
  })

const unknownId = (version: ZohoVersion, index: number): ItemResult =>
  itemError('INVALID_DATA', { api_name: 'id', ...pathIn(version, index)('id') }, 'the id given seems to be invalid')

/** Inserts one record. */
export const insertRecord = (target: WriteTarget, sent: JsonObject, index: number): ItemResult => {
  const fields = fieldsThere(target)
  const pathOf = pathIn(target.version, index)
  const { values, errors } = checkRecord(fields, sent, { whole: true, pathOf })
  const refused = joinItemErrors([
    ...errors,
    ...lookupErrors(target.store, target.module, sent, pathOf),
    ...duplicateErrors(target, fields, values, { index })
  ])
  return (
    refused ??
    success(target.store.insert(target.module, { ...values, ...moduleOfAbout(target.module, sent) }), 'record added')
  )
}

/** Updates one record by its id. */
export const updateRecord = (target: WriteTarget, id: string, sent: JsonObject, index: number): ItemResult => {
  const fields = fieldsThere(target)
  if (target.store.get(target.module, id) === undefined) return unknownId(target.version, index)
  const pathOf = pathIn(target.version, index)
  const { values, errors } = checkRecord(fields, sent, { whole: false, pathOf })
  const refused = joinItemErrors([
    ...errors,
    ...lookupErrors(target.store, target.module, sent, pathOf),
    ...duplicateErrors(target, fields, values, { index, id })
  ])
  const updated =
    refused === undefined
      ? target.store.update(target.module, id, { ...values, ...moduleOfAbout(target.module, sent) })
      : undefined
  return refused ?? (updated === undefined ? unknownId(target.version, index) : success(updated, 'record updated'))
}

const systemChecks: Record<string, readonly string[]> = {
  Leads: ['Email'],
  Contacts: ['Email'],
  Deals: ['Deal_Name']
}

/** The fields that an upsert compares, in order: the caller's, else the module's own. */
export const duplicateChecks = (module: string, asked: readonly string[] | undefined): readonly string[] =>
  asked === undefined || asked.length === 0 ? (systemChecks[module] ?? []) : asked

/** Updates the record that has the same value in one of the compared fields, else inserts. */
export const upsertRecord = (
  target: WriteTarget,
  sent: JsonObject,
  index: number,
  checks: readonly string[]
): ItemResult => {
  for (const apiName of checks) {
    const value = sent[apiName]
    const known = value === undefined ? undefined : target.store.findBy(target.module, apiName, value)
    if (known === undefined) continue
    const result = updateRecord(target, known.id, sent, index)
    return result.status === 'error' ? result : { ...result, duplicate_field: apiName, action: 'update' }
  }
  const result = insertRecord(target, sent, index)
  return result.status === 'error' ? result : { ...result, duplicate_field: null, action: 'insert' }
}
