import { isJsonObject } from '../json.ts'
import type { JsonObject, JsonValue } from '../json.ts'
import { itemError } from './zoho-errors.ts'
import type { ItemResult } from './zoho-errors.ts'
import type { ZohoDataType, ZohoField } from './zoho-fields.ts'

const EMAIL = /^[^\s@"(),:;<>[\]\\]+@[^\s@.]+(\.[^\s@.]+)+$/u
/** Zoho takes an offset or `Z`, and refuses fractions of a second. */
const DATETIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})$/
const DATE = /^\d{4}-\d{2}-\d{2}$/

const isReference = (value: JsonValue): boolean =>
  (typeof value === 'string' && /^\d+$/.test(value)) || (isJsonObject(value) && typeof value.id === 'string')

const isText = (value: JsonValue): boolean => typeof value === 'string'
const isNumber = (value: JsonValue): boolean => typeof value === 'number' && Number.isFinite(value)
const isMoment = (value: JsonValue, shape: RegExp): boolean =>
  typeof value === 'string' && shape.test(value) && !Number.isNaN(Date.parse(value))

const typeChecks: Record<ZohoDataType, (value: JsonValue) => boolean> = {
  text: isText,
  textarea: isText,
  phone: isText,
  website: isText,
  picklist: isText,
  email: (value) => typeof value === 'string' && EMAIL.test(value),
  datetime: (value) => isMoment(value, DATETIME),
  date: (value) => isMoment(value, DATE),
  integer: (value) => Number.isSafeInteger(value),
  double: isNumber,
  currency: isNumber,
  boolean: (value) => typeof value === 'boolean',
  lookup: isReference,
  ownerlookup: isReference
}

/** Types whose length Zoho enforces. */
const measured: readonly ZohoDataType[] = ['text', 'textarea', 'email', 'phone', 'website']

const checkValue = (field: ZohoField, value: JsonValue, path: JsonObject): ItemResult | undefined => {
  if (!typeChecks[field.type](value)) {
    return itemError('INVALID_DATA', { expected_data_type: field.type, api_name: field.apiName, ...path })
  }
  if (typeof value === 'string' && measured.includes(field.type) && [...value].length > field.length) {
    return itemError('INVALID_DATA', { maximum_length: field.length, api_name: field.apiName, ...path })
  }
  return undefined
}

/** What Zoho takes of a sent record: its known writable values, and what is wrong with the others. */
export interface CheckedRecord {
  values: JsonObject
  errors: ItemResult[]
}

/**
 * Holds a sent record against the module's fields. Unknown and read-only names are left out without a word, as Zoho
 * does. `whole` asks for every mandatory field; otherwise only clearing one is refused.
 */
export const checkRecord = (
  fields: readonly ZohoField[],
  sent: JsonObject,
  options: { whole: boolean; pathOf: (apiName: string) => JsonObject }
): CheckedRecord => {
  const values: JsonObject = {}
  const errors: ItemResult[] = []
  for (const field of fields) {
    const given = sent[field.apiName]
    const value = given === '' ? null : given
    const path = options.pathOf(field.apiName)
    if (field.readOnly) continue
    if (field.mandatory && (value === null || (value === undefined && options.whole))) {
      errors.push(itemError('MANDATORY_NOT_FOUND', { api_name: field.apiName, ...path }))
      continue
    }
    if (value === undefined) continue
    const error = value === null ? undefined : checkValue(field, value, path)
    if (error === undefined) values[field.apiName] = value
    else errors.push(error)
  }
  return { values, errors }
}
