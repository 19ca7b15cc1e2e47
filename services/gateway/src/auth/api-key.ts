import { timingSafeEqual } from 'node:crypto'
import { secretDigest } from '../access/secret.ts'
import { SCOPES, type Client } from './client.ts'

/** Recognises the one key of the configuration. */
export interface BootstrapKey {
  /** The client of the key; null for a wrong one. */
  identify(key: string): Client | null
}

/** Compared in constant time over hashes, so that not even its length shows. It may do everything. */
export function createBootstrapKey(apiKey: string): BootstrapKey {
  const expected = secretDigest(apiKey)
  const client: Client = {
    actor: 'api-key:default',
    via: 'key',
    scopes: new Set(SCOPES),
    commandServices: 'all',
    reads: { reads: 'admin' },
    session: null
  }
  return { identify: (key) => (timingSafeEqual(secretDigest(key), expected) ? client : null) }
}
