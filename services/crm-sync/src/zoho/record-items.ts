import { TransientError } from '@leadlog/contracts'
import type { RecordOutcome } from '../crm-provider.ts'
import { zohoErrors } from './zoho-errors.ts'
import { isJsonObject, objectsIn, textIn, type JsonObject } from '../vendor-json.ts'

/** What one item of Zoho's `data` says about the record at its place in the request. */
export type RecordItem =
  | RecordOutcome
  /** Another record has the same value in a field that must be unique. */
  | {
      readonly kind: 'duplicate'
      readonly crmId: string
      readonly fields: readonly string[]
      readonly message: string
    }

/** Codes of an item that say nothing about the record's values. */
const passing = new Set([
  'INTERNAL_ERROR',
  'INTERNAL_SERVER_ERROR',
  'TOO_MANY_REQUESTS',
  'RECORD_LOCKED',
  'RECORD_IN_BLUEPRINT_TRANSITION'
])

/**
 * Walks the items of a write's answer in request order, whatever its HTTP status was; the item's own status decides.
 * Null where the answer has no item for each record: then nothing is known of any.
 */
export function recordItems(body: unknown, expected: number, sentIds: readonly (string | null)[]): RecordItem[] | null {
  const items = isJsonObject(body) ? objectsIn(body['data']) : []
  if (items.length !== expected) return null
  return items.map((item, index) => recordItem(item, sentIds[index] ?? null))
}

function recordItem(item: JsonObject, sentId: string | null): RecordItem {
  const details = isJsonObject(item['details']) ? item['details'] : {}
  if (textIn(item, 'status') === 'success') {
    const crmId = textIn(details, 'id') ?? sentId
    if (crmId === null) return { kind: 'unknown', reason: 'Zoho gave no id for the record' }
    return { kind: 'written', crmId, action: actionOf(item, sentId) }
  }
  const errors = errorsOf(item)
  const duplicates = errors.filter(({ code, recordId }) => code === 'DUPLICATE_DATA' && recordId !== null)
  const owners = new Set(duplicates.map(({ recordId }) => recordId))
  const [owner] = owners
  if (typeof owner === 'string' && owners.size === 1 && duplicates.length === errors.length) {
    const fields = duplicates.flatMap(({ field }) => (field === null ? [] : [field]))
    return { kind: 'duplicate', crmId: owner, fields, message: describe(duplicates) }
  }
  const first = errors.find(({ code }) => !passing.has(code))
  if (first === undefined) {
    return {
      kind: 'failed',
      error: new TransientError(zohoErrors.unavailable, `Zoho did not write: ${describe(errors)}`)
    }
  }
  return { kind: 'refused', code: first.code, field: first.field, message: describe(errors) }
}

function actionOf(item: JsonObject, sentId: string | null): 'insert' | 'update' {
  const action = textIn(item, 'action')
  if (action === 'insert' || action === 'update') return action
  return sentId === null ? 'insert' : 'update'
}

interface ItemError {
  readonly code: string
  readonly field: string | null
  readonly message: string
  readonly recordId: string | null
  readonly details: JsonObject
}

/** The item's errors: one, or those inside MULTIPLE_OR_MULTI_ERRORS. */
function errorsOf(item: JsonObject): ItemError[] {
  const details = isJsonObject(item['details']) ? item['details'] : {}
  const inner = objectsIn(details['errors'])
  if (inner.length > 0) return inner.flatMap(errorsOf)
  const duplicate = isJsonObject(details['duplicate_record']) ? details['duplicate_record'] : {}
  return [
    {
      code: textIn(item, 'code') ?? 'UNKNOWN',
      field: textIn(details, 'api_name'),
      message: textIn(item, 'message') ?? '',
      recordId: textIn(duplicate, 'id') ?? textIn(details, 'id'),
      details
    }
  ]
}

/** One sentence for people: what is wrong with which field, and what was expected. No values, so nothing personal. */
function describe(errors: readonly ItemError[]): string {
  return errors
    .map(({ code, field, message, details }) => {
      const expected = textIn(details, 'expected_data_type')
      const longest = textIn(details, 'maximum_length')
      const hints = [expected && `expected ${expected}`, longest && `at most ${longest} characters`].filter(Boolean)
      const text = `${field ?? 'record'}: ${message || code} (${code})`
      return hints.length > 0 ? `${text}, ${hints.join(', ')}` : text
    })
    .join('; ')
}
