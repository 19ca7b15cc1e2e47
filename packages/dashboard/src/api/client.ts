import { addressOf } from './address.ts'
import type { GatewayReads } from './gateway-api.ts'
import { ApiProblem, problemOf } from './problem.ts'
import { CSRF_HEADER, currentKey, forgetSignIn } from './session.ts'

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
  let answer: Response
  try {
    answer = await fetch(address, { ...init, headers })
  } catch (error) {
    if (init.signal?.aborted === true) throw error
    throw new ApiProblem(
      0,
      'GATEWAY_UNREACHABLE',
      'The gateway cannot be reached. Check the connection; this page asks again by itself.'
    )
  }
  if (answer.ok) return answer
  const problem = await problemOf(answer)
  if (problem.status === 401 && currentKey() === key) forgetSignIn()
  throw problem
}
