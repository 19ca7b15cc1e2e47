import { Type, type TSchema } from '@sinclair/typebox'

/** ISO 8601 with a zone, as every time in an event. */
export const Timestamp = Type.String({ description: 'ISO 8601 time with zone', minLength: 10 })

/** Id of an aggregate: letters, digits, dash, underscore. */
export const AggregateId = Type.String({ pattern: '^[A-Za-z0-9_-]+$', minLength: 1, maxLength: 64 })

/** A person's id: a keyed hash of the lower-cased e-mail address at first sight; also the id of the person's key. */
export const PersonId = Type.String({
  pattern: '^[A-Za-z0-9_-]+$',
  minLength: 1,
  maxLength: 64,
  description: 'keyed hash, not personal by itself'
})

/** What can be written to as one e-mail address: no name beside it, no second one behind a comma. */
export const ONE_EMAIL_ADDRESS = /^[^@\s<>,;"]+@[^@\s<>,;"]+$/

export function Nullable<S extends TSchema>(schema: S) {
  return Type.Union([schema, Type.Null()])
}

export function OneOf<const V extends string>(...values: readonly V[]) {
  return Type.Unsafe<V>(Type.Union(values.map((value) => Type.Literal(value))))
}
