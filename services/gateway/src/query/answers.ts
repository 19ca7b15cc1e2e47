import { HttpProblem, problemResponses } from '@leadlog/service'
import { Type } from '@sinclair/typebox'

/** The id in a path. */
export const IdParams = Type.Object({ id: Type.String({ description: 'id of the resource' }) })

/** Ids are hashes, UUIDs and the like. */
const ID_FORM = /^[A-Za-z0-9._:-]{1,128}$/

/** The id of the path. @throws HttpProblem 400 ID_INVALID for what cannot be an id, which is not the same as unknown */
export function pathId({ id }: { readonly id: string }): string {
  if (ID_FORM.test(id)) return id
  throw new HttpProblem(400, 'ID_INVALID', 'An id has 1 to 128 letters, digits, dots, colons, dashes or underscores')
}

/** The error answers that every read may give. */
export const READ_PROBLEMS = problemResponses(400, 401, 429, 500, 503, 504)
/** Those of a read of one thing. */
export const ONE_READ_PROBLEMS = problemResponses(400, 401, 404, 429, 500, 503, 504)

/** The thing, or a 404 with the code. */
export function found<T>(thing: T | null | undefined, code: string, what: string): T {
  if (thing === null || thing === undefined) throw new HttpProblem(404, code, `There is no ${what}`)
  return thing
}
