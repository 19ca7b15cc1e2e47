import type { Static, TSchema } from '@sinclair/typebox'
import { Value } from '@sinclair/typebox/value'
import { payloadInvalid } from '../errors.ts'

/** Problems named in one error; more do not help anybody. */
const MAX_PROBLEMS = 5

/** Checks a provider's payload. @throws PermanentError that names each bad field by its path */
export function parsePayload<S extends TSchema>(provider: string, schema: S, payload: unknown): Static<S> {
  if (Value.Check(schema, payload)) return payload
  const problems = [...Value.Errors(schema, payload)]
    .slice(0, MAX_PROBLEMS)
    .map((problem) => `${problem.path || '/'} ${problem.message.toLowerCase()}`)
  throw payloadInvalid(provider, problems)
}
