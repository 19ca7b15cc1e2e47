import { randomUUID } from 'node:crypto'
import type { Role } from '@leadlog/contracts'
import type { Keyring } from '@leadlog/keyring'
import type { Mailer } from '@leadlog/mail'
import type { Clock, Logger } from '@leadlog/service'
import { createApiKeyBook, type ApiKeyBook } from '../api-keys/api-key-book.ts'
import { createBootstrapKey } from '../auth/api-key.ts'
import type { Identify } from '../auth/auth.plugin.ts'
import { createIdentify } from '../auth/identify.ts'
import { createPanelSessions, type PanelSessions, type ZoomHosts } from '../panel/panel-sessions.ts'
import type { RateLimitStore } from '../rate-limit/rate-limit-store.ts'
import { createThrottle } from '../rate-limit/throttle.ts'
import { createSecondFactors, type SecondFactors } from '../second-factor/second-factors.ts'
import { createCookies, type Cookies } from '../sessions/cookies.ts'
import { createSessions, type Sessions } from '../sessions/sessions.ts'
import { guardedStore } from '../sessions/guarded-store.ts'
import type { VolatileStore } from '../sessions/volatile-store.ts'
import { createSignIn, type SignIn } from '../sign-in/sign-in.ts'
import { createSigningKeys, type SigningKeys } from '../tokens/signing-keys.ts'
import { createTokens, type Tokens } from '../tokens/tokens.ts'
import { createUserBook, UserRefusal, type AccessLog, type UserBook } from '../users/user-book.ts'

/** Who may come in and how: what the routes about access need. */
export interface Access {
  readonly identify: Identify
  readonly users: UserBook
  readonly apiKeys: ApiKeyBook
  readonly tokens: Tokens
  readonly signingKeys: SigningKeys
  readonly sessions: Sessions
  readonly secondFactors: SecondFactors
  readonly signIn: SignIn
  readonly panel: PanelSessions
  readonly cookies: Cookies
  readonly now: () => Date
  /** Where people reach the gateway: scheme, host and port. */
  readonly publicOrigin: string
}

export function createAccess(options: {
  log: AccessLog
  keyring: Pick<Keyring, 'personId' | 'sealBytes' | 'openBytes' | 'fingerprint'>
  store: VolatileStore
  counts: RateLimitStore
  mailer: Mailer | undefined
  apiKey: string
  zoom: ZoomHosts
  /** The gateway's address as people reach it. */
  publicUrl: string
  clock: Clock
  logger: Logger
}): Access {
  const { log, keyring, mailer, clock, logger, publicUrl } = options
  const store = guardedStore(options.store)
  const users = createUserBook(log, keyring)
  const apiKeys = createApiKeyBook({ log, store, clock })
  const publicOrigin = new URL(publicUrl).origin
  const signingKeys = createSigningKeys({ log, keyring, clock })
  const tokens = createTokens({ keys: signingKeys, apiKeys, issuer: publicOrigin, clock })
  const sessions = createSessions(store, clock)
  const cookies = createCookies({ secure: publicUrl.startsWith('https://') })
  const secondFactors = createSecondFactors({ keyring, store, clock })
  const throttle = createThrottle(options.counts)
  const panel = createPanelSessions({ users, sessions, store, throttle, clock, ...options.zoom })
  const pageUrl = `${publicUrl}/sign-in`
  return {
    users,
    apiKeys,
    tokens,
    signingKeys,
    now: () => clock.now(),
    sessions,
    cookies,
    secondFactors,
    signIn: createSignIn({ users, sessions, secondFactors, store, throttle, mailer, pageUrl, logger }),
    identify: createIdentify({
      bootstrapKey: createBootstrapKey(options.apiKey),
      apiKeys,
      tokens,
      sessions,
      users,
      cookies,
      panel
    }),
    panel,
    publicOrigin
  }
}

/** Invites who the configuration names and who is no user yet; whom it does not name stays as they are. */
export async function inviteConfigured(
  users: UserBook,
  named: readonly { readonly email: string; readonly role: Role }[]
): Promise<void> {
  for (const { email, role } of named) {
    const id = users.idOf(email)
    try {
      await users.run(
        id,
        { do: 'invite', id, email, name: null, role },
        { actor: 'service:gateway', requestId: randomUUID() }
      )
    } catch (error) {
      // Who is one already, by this or another process, stays as they are.
      if (!(error instanceof UserRefusal && error.code === 'USER_KNOWN')) throw error
    }
  }
}
