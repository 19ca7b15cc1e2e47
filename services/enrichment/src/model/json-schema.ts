import type { TSchema } from '@sinclair/typebox'

type JsonSchema = Record<string, unknown>

/** Vendors' strict modes refuse some of these and honour none reliably; the answer is validated here anyway. */
const UNSUPPORTED_KEYWORDS = new Set([
  'minimum',
  'maximum',
  'minLength',
  'maxLength',
  'pattern',
  'format',
  'pii',
  '$id'
])

/**
 * The plain JSON Schema that a model is given for a TypeBox schema: no symbols, every property required, no other
 * properties allowed, numeric bounds told in the description.
 */
export function modelJsonSchema(schema: TSchema): JsonSchema {
  return plain(JSON.parse(JSON.stringify(schema)) as JsonSchema)
}

function plain(schema: JsonSchema): JsonSchema {
  const result: JsonSchema = {}
  for (const [keyword, value] of Object.entries(schema)) {
    if (!UNSUPPORTED_KEYWORDS.has(keyword)) result[keyword] = value
  }
  const description = describedBounds(schema)
  if (description !== '') result['description'] = description
  if (isSchema(schema['items'])) result['items'] = plain(schema['items'])
  if (isSchema(schema['properties'])) {
    const properties = Object.entries(schema['properties']).filter(([, property]) => isSchema(property))
    result['properties'] = Object.fromEntries(
      properties.map(([name, property]) => [name, plain(property as JsonSchema)])
    )
    result['required'] = properties.map(([name]) => name)
    result['additionalProperties'] = false
  }
  return result
}

function describedBounds(schema: JsonSchema): string {
  const description = typeof schema['description'] === 'string' ? schema['description'] : ''
  const { minimum, maximum } = schema
  if (typeof minimum !== 'number' || typeof maximum !== 'number') return description
  return `${description} (from ${minimum} to ${maximum})`.trim()
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
