import type { TSchema } from '@sinclair/typebox'
import { isJsonObject, type JsonObject } from './json-object.ts'

/** As much of an object schema as is read here. */
interface ObjectSchema {
  readonly properties: Readonly<Record<string, TSchema>>
}

/** What models write where they should write nothing. */
const PLACEHOLDER =
  /^(?:null|none|n\/?a|n\.a\.|nil|undefined|unknown|not (?:stated|specified|mentioned|provided|given|available|applicable|known|discussed|clear|identified)|unspecified|no (?:information|data)|-+|–|—|\?+)\.?$/i

/** From here up to 100 a confidence is read as a percentage; between 1 and this it is a slip and becomes 1. */
const PERCENTAGE_FROM = 2

/**
 * Brings an answer into the schema's form where its meaning is plain: null and placeholders become empty, a lone text
 * becomes a list of one, numbers become texts where text is wanted, confidence is clamped, unknown properties go.
 * A missing text or list is empty; a missing number or evidence stays missing and is found by validation.
 */
export function normaliseAnswer(answer: JsonObject, schema: ObjectSchema): JsonObject {
  const source = unwrapped(answer, schema)
  const result: JsonObject = {}
  for (const [name, property] of Object.entries(schema.properties)) {
    const value = normalised(Object.hasOwn(source, name) ? source[name] : undefined, property)
    if (value !== undefined) result[name] = value
  }
  return result
}

/** Models sometimes put the object into another one: `{"lead_intel": {…}}`. */
function unwrapped(answer: JsonObject, schema: ObjectSchema): JsonObject {
  const known = Object.keys(schema.properties)
  if (known.some((name) => Object.hasOwn(answer, name))) return answer
  const inner = Object.values(answer).filter(isJsonObject)
  return inner.length === 1 && inner[0] ? inner[0] : answer
}

function normalised(value: unknown, schema: TSchema): unknown {
  switch (schema['type']) {
    case 'string':
      return asText(value)
    case 'number':
      return asShare(value)
    case 'array':
      return isTextList(schema) ? asTextList(value) : asEvidence(value)
    default:
      return value
  }
}

function isTextList(schema: TSchema): boolean {
  return (schema['items'] as TSchema | undefined)?.['type'] === 'string'
}

/** A text, or the value as it is where no text can be made of it. */
function asText(value: unknown): unknown {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return PLACEHOLDER.test(value.trim()) ? '' : value.trim()
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (Array.isArray(value) && value.every((part) => typeof part === 'string' || typeof part === 'number')) {
    return value
      .map((part) => String(part).trim())
      .filter(Boolean)
      .join('; ')
  }
  return value
}

function asTextList(value: unknown): unknown {
  if (value === null || value === undefined) return []
  if (isJsonObject(value)) return value
  const texts = (Array.isArray(value) ? value : [value]).map(asText).filter((text) => text !== '')
  return [...new Set(texts)]
}

function asShare(value: unknown): unknown {
  const percent = typeof value === 'string' && value.trim().endsWith('%')
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value.trim().replace(/%$/, '')) : value
  if (typeof number !== 'number' || !Number.isFinite(number)) return value === null ? undefined : value
  const share = percent || (number >= PERCENTAGE_FROM && number <= 100) ? number / 100 : number
  return Math.min(1, Math.max(0, share))
}

/** Evidence also comes as `{field: quote}`. An entry without a field or a quote supports nothing and goes. */
function asEvidence(value: unknown): unknown {
  if (value === null) return []
  if (isJsonObject(value)) {
    return asEvidence(Object.entries(value).map(([field, quote]) => ({ field, quote })))
  }
  if (!Array.isArray(value)) return value
  return value.flatMap((entry: unknown) => {
    if (!isJsonObject(entry)) return []
    const { field, quote } = entry
    if (typeof field !== 'string' || typeof quote !== 'string') return []
    return field.trim() === '' || quote.trim() === '' ? [] : [{ field: field.trim(), quote: quote.trim() }]
  })
}
