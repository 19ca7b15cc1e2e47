import { addressOf } from './address.ts'
import type { GatewayReads } from './gateway-api.ts'
import { problemOf, type ApiProblem } from './problem.ts'
import { reach } from './reach.ts'
import { CSRF_HEADER, currentKey, findSession, forgetSignIn } from './session.ts'

export type ReadPath = keyof GatewayReads
export type QueryOf<P extends ReadPath> = GatewayReads[P]['query']
export type AnswerOf<P extends ReadPath> = GatewayReads[P]['answer']
/** One row of a list. */
export type RowOf<P extends ReadPath> = AnswerOf<P> extends { data: (infer Row extends object)[] } ? Row : never

/** A request for a read: the ids of its path, its filters. */
export interface Asked<P extends ReadPath> {
  readonly path: GatewayReads[P]['path']
  readonly query?: QueryOf<P>
  readonly signal?: AbortSignal
}

/**
 * A read of the gateway, typed by its OpenAPI document.
 *
 * @throws ApiProblem with the gateway's code and words; status 0 when it could not be reached
 */
export async function read<P extends ReadPath>(path: P, asked: Asked<P>): Promise<AnswerOf<P>> {
  const address = addressOf(path, asked.path, asked.query)
  const answer = await ask(address, asked.signal === undefined ? {} : { signal: asked.signal })
  return (await answer.json()) as AnswerOf<P>
}

/** A request with the credentials of who is signed in. Who is not known any more is signed out. */
export async function ask(address: string, init: RequestInit): Promise<Response> {
  const key = currentKey()
  const headers = new Headers(init.headers)
  if (key !== null) headers.set('authorization', `Bearer ${key}`)
  if (init.method !== undefined && init.method !== 'GET') headers.set(CSRF_HEADER, '1')
  const answer = await reach(address, { ...init, headers })
  if (answer.ok) return answer
  const problem = await problemOf(answer)
  if (isSignedOut(problem) && currentKey() === key) forgetSignIn()
  // The role was changed meanwhile: what may be seen is asked anew.
  if (problem.code === 'NOT_ALLOWED' || problem.code === 'COMMANDS_NOT_ALLOWED') void findSession()
  throw problem
}

/** A wrong code is a 401 too, of somebody who is signed in. */
function isSignedOut({ status, code }: ApiProblem): boolean {
  return status === 401 && !code.startsWith('CODE_')
}
