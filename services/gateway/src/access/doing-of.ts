import type { FastifyRequest } from 'fastify'
import type { Doing } from '../users/user-book.ts'

/** Who does something by the request. */
export function doingOf({ client, id }: Pick<FastifyRequest, 'client' | 'id'>): Doing {
  if (client === null) throw new TypeError('Nobody may do anything: the route must want a client')
  return { actor: client.actor, requestId: id }
}
