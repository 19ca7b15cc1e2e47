import { randomBytes, timingSafeEqual } from 'node:crypto'
import { HttpProblem, type Clock } from '@leadlog/service'
import { newSecret, secretDigest } from '../access/secret.ts'
import type { Client, Scope } from '../auth/client.ts'
import type { VolatileStore } from '../sessions/volatile-store.ts'
import type { AccessLog, Doing } from '../users/user-book.ts'
import { apiKeyDecider, apiKeyOf, isGood, type ApiKey, type ApiKeyCommand } from './api-key.ts'

/** `ll_<id>_<secret>`: the id is shown in lists, the secret to nobody again. */
const KEY_FORM = /^ll_([a-z0-9]{16})_([A-Za-z0-9_-]{43})$/
const ID_LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'
const ID_LENGTH = 16
/** When a key was last used is noted no more often than this. */
const NOTE_EVERY_MS = 60_000
/** It is remembered so long after the last use; a key that sleeps longer shows as never used. */
const USES_TTL_MS = 400 * 86_400_000
const USES_KEY = 'api-keys-used'

/** The keys of programs. */
export interface ApiKeyBook {
  /** Makes a key; its text is given here and nowhere again. */
  issue(
    given: { readonly name: string; readonly scopes: readonly string[]; readonly expiresAt: string | null },
    doing: Doing
  ): Promise<{ key: ApiKey; text: string }>
  /** @throws HttpProblem 404 API_KEY_UNKNOWN */
  revoke(id: string, doing: Doing): Promise<void>
  /** The client of a key's text; null for a wrong, expired or revoked one. */
  identify(text: string): Promise<Client | null>
  /** The client that the key stands for now, for tokens that were made from it; null once it is worth nothing. */
  clientOf(id: string): Promise<Client | null>
  /** When each key was last used, to the minute. */
  lastUses(): Promise<Readonly<Record<string, string>>>
}

export function createApiKeyBook(options: { log: AccessLog; store: VolatileStore; clock: Clock }): ApiKeyBook {
  const { log, store, clock } = options
  const noted = new Map<string, number>()
  const ref = (id: string) => ({ context: 'access', aggregate: 'api-key', id })
  const find = async (id: string): Promise<ApiKey | null> => apiKeyOf((await log.load(ref(id))).events)

  const run = async (id: string, command: ApiKeyCommand, { actor, requestId }: Doing): Promise<void> => {
    const result = await log.transact({
      cause: { id: requestId, correlationId: requestId },
      handler: `gateway-${command.do}-api-key`,
      actor,
      load: [ref(id)],
      decide: ([history]) => apiKeyDecider.decide(command, apiKeyOf(history?.events ?? []))
    })
    if ('refusal' in result) throw new HttpProblem(404, result.refusal.code, result.refusal.message)
  }

  /** Only for people to look at; nobody is refused because it cannot be noted. */
  const noteUse = async (id: string): Promise<void> => {
    const now = clock.now()
    if (now.getTime() - (noted.get(id) ?? 0) < NOTE_EVERY_MS) return
    noted.set(id, now.getTime())
    await store.setField(USES_KEY, id, now.toISOString(), USES_TTL_MS).catch(() => undefined)
  }

  return {
    async issue(given, doing) {
      const id = newKeyId()
      const secret = newSecret()
      const key = { id, ...given, digest: secretDigest(secret).toString('hex') }
      await run(id, { do: 'issue', key }, doing)
      return { key: { ...key, revoked: false }, text: `ll_${id}_${secret}` }
    },
    revoke: (id, doing) => run(id, { do: 'revoke' }, doing),
    async identify(text) {
      const [, id, secret] = KEY_FORM.exec(text) ?? []
      if (id === undefined || secret === undefined) return null
      const key = await find(id)
      if (!isGood(key, clock.now()) || !timingSafeEqual(secretDigest(secret), Buffer.from(key.digest, 'hex')))
        return null
      await noteUse(id)
      return clientOfKey(key)
    },
    async clientOf(id) {
      const key = await find(id)
      return isGood(key, clock.now()) ? clientOfKey(key) : null
    },
    lastUses: () => store.fields(USES_KEY)
  }
}

function newKeyId(): string {
  return Array.from(randomBytes(ID_LENGTH), (byte) => ID_LETTERS[byte % ID_LETTERS.length]).join('')
}

function clientOfKey(key: ApiKey): Client {
  const commands = key.scopes.flatMap((scope) => (scope.startsWith('command:') ? [scope.slice('command:'.length)] : []))
  const scopes = new Set<Scope>()
  for (const scope of ['read', 'personal', 'admin'] as const) if (key.scopes.includes(scope)) scopes.add(scope)
  if (commands.length > 0) scopes.add('command')
  return {
    actor: `api-key:${key.id}`,
    via: 'key',
    scopes,
    commandServices: commands.includes('*') ? 'all' : new Set(commands),
    reads: { reads: scopes.has('admin') ? 'admin' : 'all' },
    session: null
  }
}
