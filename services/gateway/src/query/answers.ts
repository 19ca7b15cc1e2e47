import { HttpProblem, problemResponses } from '@leadlog/service'
import { Type } from '@sinclair/typebox'

/** An id in a path. Ids are hashes, UUIDs and the like; anything else is malformed, not unknown. */
export const IdParams = Type.Object({
  id: Type.String({ pattern: '^[A-Za-z0-9._:-]{1,128}$', description: 'id of the resource' })
})

/** The error answers that every read may give. */
export const READ_PROBLEMS = problemResponses(400, 401, 429, 500, 503, 504)
/** Those of a read of one thing. */
export const ONE_READ_PROBLEMS = problemResponses(400, 401, 404, 429, 500, 503, 504)

/** The thing, or a 404 with the code. */
export function found<T>(thing: T | null | undefined, code: string, what: string): T {
  if (thing === null || thing === undefined) throw new HttpProblem(404, code, `There is no ${what}`)
  return thing
}
