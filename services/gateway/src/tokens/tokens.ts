import { randomUUID } from 'node:crypto'
import type { Clock } from '@leadlog/service'
import { errors, jwtVerify, SignJWT } from 'jose'
import type { ApiKeyBook } from '../api-keys/api-key-book.ts'
import type { Client, Scope } from '../auth/client.ts'
import { TOKEN_ALGORITHM, TOKEN_TTL_MS, type SigningKeys } from './signing-keys.ts'

/** As RFC 9068 names access tokens: a token made for something else is none. */
const TYPE = 'at+jwt'
const CLOCK_TOLERANCE_SECONDS = 5
const TOKEN_FORM = /^[\w-]+\.[\w-]+\.[\w-]+$/

/** Short-lived tokens in place of keys, so that a key need not travel with every request. */
export interface Tokens {
  issue(keyId: string, scopes: readonly Scope[]): Promise<{ token: string; expiresAt: string }>
  /**
   * The client of a token: what its key may do now, and no more than the token says. Null for any token that is not
   * ours, not for us, too old, or of a key that is worth nothing any more.
   */
  identify(token: string): Promise<Client | null>
}

export function createTokens(options: {
  keys: SigningKeys
  apiKeys: Pick<ApiKeyBook, 'clientOf'>
  /** Who signs and whom the tokens are for: the gateway's own address. */
  issuer: string
  clock: Clock
}): Tokens {
  const { keys, apiKeys, issuer, clock } = options
  return {
    async issue(keyId, scopes) {
      const { kid, privateKey } = await keys.current()
      const at = Math.floor(clock.now().getTime() / 1000)
      const ends = at + TOKEN_TTL_MS / 1000
      const token = await new SignJWT({ scope: scopes.join(' ') })
        .setProtectedHeader({ alg: TOKEN_ALGORITHM, kid, typ: TYPE })
        .setIssuer(issuer)
        .setAudience(issuer)
        .setSubject(keyId)
        .setJti(randomUUID())
        .setIssuedAt(at)
        .setExpirationTime(ends)
        .sign(privateKey)
      return { token, expiresAt: new Date(ends * 1000).toISOString() }
    },
    async identify(token) {
      if (!TOKEN_FORM.test(token)) return null
      const claims = await verified(token)
      if (claims === null) return null
      const client = await apiKeys.clientOf(claims.keyId)
      if (client === null) return null
      return {
        ...client,
        via: 'token',
        scopes: new Set([...client.scopes].filter((scope) => claims.scopes.has(scope)))
      }
    }
  }

  async function verified(token: string): Promise<{ keyId: string; scopes: ReadonlySet<string> } | null> {
    try {
      const { payload } = await jwtVerify(
        token,
        // Only our own keys, by their name: whatever key a token brings along or points to is not looked at.
        async ({ kid }) => {
          const key = kid === undefined ? null : await keys.find(kid)
          if (key === null) throw new errors.JWKSNoMatchingKey()
          return key
        },
        {
          algorithms: [TOKEN_ALGORITHM],
          issuer,
          audience: issuer,
          typ: TYPE,
          requiredClaims: ['exp', 'iat', 'sub', 'jti', 'scope'],
          maxTokenAge: TOKEN_TTL_MS / 1000,
          clockTolerance: CLOCK_TOLERANCE_SECONDS,
          currentDate: clock.now()
        }
      )
      const { sub, scope } = payload
      if (sub === undefined || !/^[a-z0-9]{16}$/.test(sub) || typeof scope !== 'string') return null
      return { keyId: sub, scopes: new Set(scope.split(' ')) }
    } catch (error) {
      if (error instanceof errors.JOSEError) return null
      throw error
    }
  }
}
