import {
  ApiKeyIssued,
  ApiKeyRevoked,
  isEvent,
  newEvent,
  refuse,
  type Decider,
  type RecordedEvent
} from '@leadlog/contracts'

/** The key of a program, as its events tell it. */
export interface ApiKey {
  readonly id: string
  readonly name: string
  /** SHA-256 of its secret part, in hex. */
  readonly digest: string
  readonly scopes: readonly string[]
  readonly expiresAt: string | null
  readonly revoked: boolean
}

export type ApiKeyCommand = { readonly do: 'issue'; readonly key: Omit<ApiKey, 'revoked'> } | { readonly do: 'revoke' }

/** The key of a history; null for none. */
export function apiKeyOf(events: readonly RecordedEvent[]): ApiKey | null {
  return events.reduce<ApiKey | null>((key, event) => apiKeyDecider.evolve(key, event), null)
}

/** A key is issued once and revoked once; nothing else ever happens to it. */
export const apiKeyDecider: Decider<ApiKey | null, ApiKeyCommand> = {
  initialState: () => null,
  evolve(key, event) {
    if (isEvent(event, ApiKeyIssued)) {
      const { keyId: id, name, digest, scopes, expiresAt } = event.data
      return { id, name, digest, scopes, expiresAt, revoked: false }
    }
    return key !== null && isEvent(event, ApiKeyRevoked) ? { ...key, revoked: true } : key
  },
  decide(command, key) {
    if (command.do === 'issue') {
      if (key !== null) return refuse('API_KEY_KNOWN', 'A key of this id was issued before')
      const { id: keyId, name, digest, scopes, expiresAt } = command.key
      return [newEvent(ApiKeyIssued, keyId, { keyId, name, digest, scopes: [...scopes], expiresAt })]
    }
    if (key === null) return refuse('API_KEY_UNKNOWN', 'There is no such key')
    return key.revoked ? [] : [newEvent(ApiKeyRevoked, key.id, { keyId: key.id })]
  }
}

/** Whether the key opens anything at the moment. */
export function isGood(key: ApiKey | null, at: Date): key is ApiKey {
  return key !== null && !key.revoked && (key.expiresAt === null || Date.parse(key.expiresAt) > at.getTime())
}
