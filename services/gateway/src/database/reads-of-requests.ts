import type { ReadContext } from '../read-context.ts'
import type { ScopedReads } from './scoped-reads.ts'

/** Reads under the claims of whoever makes a request, and not at all for nobody. */
export function readsOfRequests(scoped: Pick<ScopedReads, 'as'>): ReadContext['reads'] {
  return ({ client }, read) => {
    if (client === null) throw new TypeError('Nobody may read: the route must want a client')
    return scoped.as(client.reads, read)
  }
}
