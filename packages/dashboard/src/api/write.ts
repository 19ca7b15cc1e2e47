import { ask } from './client.ts'

/**
 * A write of the gateway itself, which is no command of a service.
 *
 * @returns what it answered; null where it answers nothing
 * @throws ApiProblem with the reason when it was refused
 */
export async function write(method: 'POST' | 'PATCH' | 'DELETE', address: string, body?: object): Promise<unknown> {
  const answer = await ask(address, {
    method,
    ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
  })
  return answer.status === 204 ? null : await answer.json()
}
