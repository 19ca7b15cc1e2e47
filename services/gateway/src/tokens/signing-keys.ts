import { ERASED, isEvent, newEvent, SigningKeyMade, type RecordedEvent } from '@leadlog/contracts'
import type { Keyring } from '@leadlog/keyring'
import type { Clock } from '@leadlog/service'
import {
  calculateJwkThumbprint,
  exportJWK,
  exportPKCS8,
  generateKeyPair,
  importJWK,
  importPKCS8,
  type CryptoKey,
  type JWK
} from 'jose'
import type { AccessLog, Doing } from '../users/user-book.ts'

export const TOKEN_ALGORITHM = 'RS256'
/** How long a token is good for. */
export const TOKEN_TTL_MS = 3_600_000
/** A key signs for so long; then a new one takes over by itself. */
export const SIGNS_FOR_MS = 30 * 86_400_000
/** Clocks of checkers may be behind; a key stays good a little longer than its last token. */
const OVERLAP_MS = TOKEN_TTL_MS + 5 * 60_000

const RING_ID = 'gateway'
/** Under which the private keys are sealed. */
const SEALING_KEY = 'token-signing'
const MODULUS_BITS = 2_048

/** The keys that sign tokens: the newest signs, those before it check until their last token has ended. */
export interface SigningKeys {
  /** The key that signs now; makes one where there is none or the newest is old. */
  current(): Promise<{ kid: string; privateKey: CryptoKey }>
  /** The key for checking; null for one that is unknown or whose tokens have all ended. */
  find(kid: string): Promise<CryptoKey | null>
  /** What others check tokens with. */
  publicKeys(): Promise<JWK[]>
  /** Makes a new key that signs from now on. */
  rotate(doing: Doing): Promise<{ kid: string }>
}

interface RingKey {
  readonly kid: string
  readonly publicJwk: Readonly<Record<string, string>>
  readonly sealedPrivateKey: string
  readonly madeAt: string
}

export function createSigningKeys(options: {
  log: AccessLog
  keyring: Pick<Keyring, 'sealBytes' | 'openBytes'>
  clock: Clock
}): SigningKeys {
  const { log, keyring, clock } = options
  const ref = { context: 'access', aggregate: 'signing-keys', id: RING_ID }
  const opened = new Map<string, CryptoKey>()

  const load = async (): Promise<RingKey[]> => keysOf((await log.load(ref)).events)

  /** Those that a token may still be signed with. */
  const good = async (): Promise<RingKey[]> => {
    const keys = await load()
    return keys.filter((_, index) => {
      const next = keys[index + 1]
      return next === undefined || Date.parse(next.madeAt) + OVERLAP_MS > clock.now().getTime()
    })
  }

  const privateKeyOf = async ({ kid, sealedPrivateKey }: RingKey): Promise<CryptoKey> => {
    const known = opened.get(kid)
    if (known) return known
    const bytes = await keyring.openBytes(SEALING_KEY, sealedPrivateKey, kid)
    if (bytes === ERASED) throw new TypeError(`The signing key ${kid} was destroyed; rotate the keys`)
    const key = await importPKCS8(Buffer.from(bytes).toString('utf8'), TOKEN_ALGORITHM)
    opened.set(kid, key)
    return key
  }

  /** Adds a key behind the one that was seen as the newest; where another process was faster, its key stands. */
  const add = async (after: string | undefined, { actor, requestId }: Doing): Promise<RingKey> => {
    const pair = await generateKeyPair(TOKEN_ALGORITHM, { modulusLength: MODULUS_BITS, extractable: true })
    const jwk = await exportJWK(pair.publicKey)
    const kid = await calculateJwkThumbprint(jwk)
    const pem = await exportPKCS8(pair.privateKey)
    const made: RingKey = {
      kid,
      publicJwk: { ...(jwk as Record<string, string>), kid, alg: TOKEN_ALGORITHM, use: 'sig' },
      sealedPrivateKey: await keyring.sealBytes(SEALING_KEY, Buffer.from(pem, 'utf8'), kid),
      madeAt: clock.now().toISOString()
    }
    await log.transact({
      cause: { id: requestId, correlationId: requestId },
      handler: 'gateway-make-signing-key',
      actor,
      load: [ref],
      decide: ([history]) =>
        keysOf(history?.events ?? []).at(-1)?.kid === after
          ? [newEvent(SigningKeyMade, RING_ID, { ringId: RING_ID, ...made })]
          : []
    })
    return (await load()).at(-1) ?? made
  }

  return {
    async current() {
      const newest = (await load()).at(-1)
      const old = newest === undefined || clock.now().getTime() - Date.parse(newest.madeAt) >= SIGNS_FOR_MS
      const doing = { actor: 'service:gateway', requestId: `signing-key-after-${newest?.kid ?? 'none'}` } as const
      const key = old ? await add(newest?.kid, doing) : newest
      return { kid: key.kid, privateKey: await privateKeyOf(key) }
    },
    async find(kid) {
      const key = (await good()).find((one) => one.kid === kid)
      if (!key) return null
      const imported = await importJWK(key.publicJwk, TOKEN_ALGORITHM)
      return imported instanceof Uint8Array ? null : imported
    },
    publicKeys: async () => (await good()).map(({ publicJwk }) => ({ ...publicJwk })),
    async rotate(doing) {
      const { kid } = await add((await load()).at(-1)?.kid, doing)
      return { kid }
    }
  }
}

function keysOf(events: readonly RecordedEvent[]): RingKey[] {
  return events.flatMap((event) => (isEvent(event, SigningKeyMade) ? [event.data] : []))
}
