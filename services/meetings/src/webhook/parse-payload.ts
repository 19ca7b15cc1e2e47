import type { Static, TSchema } from '@sinclair/typebox'
import { TypeCompiler, type TypeCheck } from '@sinclair/typebox/compiler'
import { payloadInvalid } from '../errors.ts'

/** Problems named in one error; more do not help anybody. */
const MAX_PROBLEMS = 5

/** Checks a provider's payload. @throws PermanentError that names each bad field by its path */
export function parsePayload<S extends TSchema>(provider: string, schema: S, payload: unknown): Static<S> {
  const check = checkOf(schema)
  if (check.Check(payload)) return payload
  const problems = [...check.Errors(payload)]
    .slice(0, MAX_PROBLEMS)
    .map((problem) => `${problem.path || '/'} ${problem.message.toLowerCase()}`)
  throw payloadInvalid(provider, problems)
}

/** Compiled at the first payload: walking the schema takes many times as long, for each of them. */
const checks = new WeakMap<TSchema, TypeCheck<TSchema>>()

function checkOf<S extends TSchema>(schema: S): TypeCheck<S> {
  const known = checks.get(schema) as TypeCheck<S> | undefined
  if (known) return known
  const made = TypeCompiler.Compile(schema)
  checks.set(schema, made)
  return made
}
