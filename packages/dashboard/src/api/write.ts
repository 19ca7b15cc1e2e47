import { ask } from './client.ts'

/**
 * Asks the gateway to change something.
 *
 * @param idempotencyKey the same for the same wish, so that it is done once
 * @returns what it answered; null where it answers nothing
 * @throws ApiProblem with the reason when it was refused
 */
export async function write(
  method: 'POST' | 'PATCH' | 'DELETE',
  address: string,
  body?: object,
  idempotencyKey?: string
): Promise<unknown> {
  const answer = await ask(address, {
    method,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey })
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) })
  })
  return answer.status === 204 ? null : await answer.json()
}
