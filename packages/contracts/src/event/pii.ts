import type { TSchema } from '@sinclair/typebox'

/**
 * Marks a field that identifies a person. The event log encrypts the field's whole value under that person's key
 * when the event is written and decrypts it when it is read; destroying the key makes the value unreadable in the
 * log, its mirrors and its backups. Mark the outermost part that is personal: nested marks are not looked for.
 */
export function pii<S extends TSchema>(schema: S): S {
  return { ...schema, pii: true }
}

/** True where the schema was marked with {@link pii}. */
export function isPii(schema: TSchema): boolean {
  return (schema as { pii?: unknown }).pii === true
}

/** Stands in for a text whose key was destroyed. */
export const ERASED_TEXT = '[erased]'

/** The names of the top-level fields of an object schema that are personal, in declaration order. */
export function piiFields(schema: TSchema): string[] {
  const properties = (schema as { properties?: Record<string, TSchema> }).properties ?? {}
  return Object.entries(properties)
    .filter(([, field]) => isPii(field))
    .map(([name]) => name)
}

/**
 * The value that takes the place of a personal field after its person was erased: null where the schema allows it,
 * otherwise the emptiest value of the schema's type, and {@link ERASED_TEXT} for a text.
 */
export function erasedValue(schema: TSchema): unknown {
  const shape = schema as {
    type?: string
    anyOf?: TSchema[]
    properties?: Record<string, TSchema>
    required?: string[]
    const?: unknown
  }
  if (shape.anyOf) {
    if (shape.anyOf.some((option) => (option as { type?: string }).type === 'null')) return null
    const first = shape.anyOf[0]
    return first === undefined ? null : erasedValue(first)
  }
  if (shape.const !== undefined) return shape.const
  switch (shape.type) {
    case 'string':
      return ERASED_TEXT
    case 'array':
      return []
    case 'number':
    case 'integer':
      return 0
    case 'boolean':
      return false
    case 'object': {
      const required = new Set(shape.required ?? [])
      return Object.fromEntries(
        Object.entries(shape.properties ?? {})
          .filter(([name]) => required.has(name))
          .map(([name, field]) => [name, erasedValue(field)])
      )
    }
    default:
      return null
  }
}
