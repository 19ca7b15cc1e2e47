import type { EventDefinition } from '@leadlog/contracts'
import { Type, type TSchema } from '@sinclair/typebox'
import { TypeCompiler, type TypeCheck } from '@sinclair/typebox/compiler'

const strict = new WeakMap<EventDefinition, TypeCheck<TSchema>>()
const relaxed = new WeakMap<EventDefinition, TypeCheck<TSchema>>()

/**
 * Null when the data fits the definition, else where and why it does not; values are not repeated, since they may be
 * personal. With `erased`, the personal fields may hold anything: what stands in for an erased value need not fit.
 */
export function dataProblem(definition: EventDefinition, data: unknown, erased = false): string | null {
  const check = erased ? checkerOf(relaxed, definition, withoutPersonal) : checkerOf(strict, definition, (d) => d.data)
  if (check.Check(data)) return null
  const first = check.Errors(data).First()
  return first ? `${first.path === '' ? 'data' : first.path}: ${first.message}` : 'data does not fit its schema'
}

function checkerOf(
  cache: WeakMap<EventDefinition, TypeCheck<TSchema>>,
  definition: EventDefinition,
  schemaOf: (definition: EventDefinition) => TSchema
): TypeCheck<TSchema> {
  let check = cache.get(definition)
  if (!check) {
    check = TypeCompiler.Compile(schemaOf(definition))
    cache.set(definition, check)
  }
  return check
}

function withoutPersonal(definition: EventDefinition): TSchema {
  const free = Object.fromEntries(definition.piiFields.map((field) => [field, Type.Optional(Type.Unknown())]))
  return Type.Object({ ...definition.data.properties, ...free })
}
