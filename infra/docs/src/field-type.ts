import type { TSchema } from '@sinclair/typebox'

interface Shape {
  type?: string
  anyOf?: TSchema[]
  const?: unknown
  items?: TSchema
  properties?: Record<string, TSchema>
  patternProperties?: Record<string, TSchema>
}

/** A schema's type in a few words: `text`, `list of text`, `"a" or "b"`, `text or none`. */
export function fieldType(schema: TSchema): string {
  const shape = schema as Shape
  if (shape.const !== undefined) return JSON.stringify(shape.const)
  if (shape.anyOf) return [...new Set(shape.anyOf.map(fieldType))].join(' or ')
  if (shape.type === 'array') return shape.items ? `list of ${fieldType(shape.items)}` : 'list'
  if (shape.type === 'object') return shape.patternProperties ? 'map' : 'object'
  return { string: 'text', null: 'none' }[shape.type ?? ''] ?? shape.type ?? 'anything'
}
