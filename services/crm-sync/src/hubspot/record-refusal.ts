import { TransientError } from '@leadlog/contracts'
import type { CallFailure } from '../crm-provider.ts'
import { isJsonObject, objectsIn, parseVendorJson, textIn, type JsonObject } from '../vendor-json.ts'
import { hubspotErrors } from './hubspot-errors.ts'

/** Why HubSpot did not write a record. */
export type RecordRefusal =
  | CallFailure
  /** Another contact has the e-mail address, perhaps as a further one. */
  | { readonly kind: 'address-taken'; readonly crmId: string }
  /** Another record has the same value in a property that must be unique. */
  | { readonly kind: 'value-taken'; readonly property: string }

/** Categories that say nothing about the record's values. */
const passing = new Set(['RATE_LIMITS', 'RATE_LIMIT', 'INTERNAL_ERROR', 'TIMEOUT'])

/** Reads one error object: an item of a batch's errors, or the answer to a whole request. */
export function recordRefusal(error: JsonObject): RecordRefusal {
  const category = textIn(error, 'category') ?? 'UNKNOWN'
  const message = textIn(error, 'message') ?? ''
  if (passing.has(category)) {
    const text = `HubSpot did not write: ${category}`
    return { kind: 'failed', error: new TransientError(hubspotErrors.unavailable, text) }
  }
  if (category === 'CONFLICT') {
    const crmId = /existing id:\s*(\d+)/i.exec(message)?.[1]
    if (crmId !== undefined) return { kind: 'address-taken', crmId }
    return refused(category, null, 'another record has the same value')
  }
  if (category === 'OBJECT_NOT_FOUND') return refused(category, 'id', 'the record does not exist any more')
  const problems = propertyProblems(message)
  const taken = problems.find(({ code }) => code === 'CONFLICTING_UNIQUE_VALUE')
  if (taken !== undefined && problems.length === 1) return { kind: 'value-taken', property: taken.property }
  const [first] = problems
  if (first === undefined) return refused(category, null, category)
  const text = problems.map(({ property, code }) => `${property}: ${code}`).join('; ')
  return { kind: 'refused', code: first.code, field: first.property, message: text }
}

/** One sentence for people, without values, so nothing personal. */
function refused(code: string, field: string | null, message: string): CallFailure {
  return { kind: 'refused', code, field, message: `${field ?? 'record'}: ${message} (${code})` }
}

/** The message of a validation error ends in a list of what is wrong with which property, as JSON. */
function propertyProblems(message: string): { property: string; code: string }[] {
  const start = message.indexOf('[')
  const list = start < 0 ? null : parseVendorJson(message.slice(start))
  return objectsIn(list)
    .filter(isJsonObject)
    .map((problem) => ({
      property: textIn(problem, 'name') ?? 'record',
      code: textIn(problem, 'error') ?? 'VALIDATION_ERROR'
    }))
}
