import { createHash, timingSafeEqual } from 'node:crypto'
import type { Client } from './client.ts'

/** Recognises clients by their key. */
export interface ApiKeys {
  /** The client of an `Authorization` header; null for none, another scheme, or a wrong key. */
  identify(authorization: string | undefined): Client | null
}

const BEARER = /^Bearer ([\x21-\x7e]{1,512})$/i

/** The one key of the configuration. Compared in constant time over hashes, so that not even its length shows. */
export function createApiKeys(apiKey: string): ApiKeys {
  const expected = digest(apiKey)
  const client: Client = { actor: 'api-key:default', scopes: new Set(['read', 'personal', 'command']) }
  return {
    identify(authorization) {
      const given = BEARER.exec(authorization ?? '')?.[1]
      return given !== undefined && timingSafeEqual(digest(given), expected) ? client : null
    }
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
