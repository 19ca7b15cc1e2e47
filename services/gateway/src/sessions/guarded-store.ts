import { TransientError } from '@leadlog/contracts'
import type { VolatileStore } from './volatile-store.ts'

/** The store, whose failures are of the kind that passes: a server that is away. */
export function guardedStore(store: VolatileStore): VolatileStore {
  const guard = async <T>(work: Promise<T>): Promise<T> => {
    try {
      return await work
    } catch (error) {
      throw new TransientError('GATEWAY_SESSIONS_AWAY', 'Redis, where sessions are kept, does not answer', {
        cause: error
      })
    }
  }
  return {
    put: (...given) => guard(store.put(...given)),
    renew: (...given) => guard(store.renew(...given)),
    get: (...given) => guard(store.get(...given)),
    take: (...given) => guard(store.take(...given)),
    remove: (...given) => guard(store.remove(...given)),
    setField: (...given) => guard(store.setField(...given)),
    fields: (...given) => guard(store.fields(...given)),
    removeFields: (...given) => guard(store.removeFields(...given))
  }
}
