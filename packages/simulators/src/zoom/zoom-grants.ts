import type { SimulatorClock } from '../clock.ts'
import type { JsonObject } from '../json.ts'
import { sha256Hex } from '../seeded.ts'
import type { Settings } from '../settings.ts'
import type { StateLog } from '../state-log.ts'
import { createSidStore } from '../twilio/sid-store.ts'

/** What one user let the app do. */
export type ZoomGrant = {
  sid: string
  /** Whose; null for the account's own app (server-to-server). */
  userId: string | null
  scope: string
  /** The one refresh token that is good; those of before it revoke the grant. */
  refreshToken: string
  usedRefreshTokens: string[]
  refreshUntil: string
  revoked: boolean
  /** How often it was refreshed. */
  refreshes: number
}

type AccessToken = { sid: string; grant: string; until: string }
type Code = { code: string; userId: string; redirectUri: string; challenge: string | null; until: number }

/** What a token endpoint hands out. */
export interface ZoomTokens {
  accessToken: string
  refreshToken: string
  scope: string
}

/** Why no token is given. */
export type GrantRefusal = 'invalid_grant'

/** Who let the app do what, and with which tokens. */
export interface ZoomGrants {
  newCode(userId: string, redirectUri: string, challenge: string | null): string
  redeemCode(code: string, redirectUri: string, verifier: string | undefined): ZoomTokens | GrantRefusal
  refresh(refreshToken: string): ZoomTokens | GrantRefusal
  /** A token of the account's own app; several are good at the same time. */
  serverToken(): string
  /** The grant of an access token that is good. */
  grantOf(accessToken: string): ZoomGrant | undefined
  /** By an access or a refresh token, as the app asks for it. False where there is none. */
  revokeToken(token: string): boolean
  /** As the user removes the app. */
  revokeUser(userId: string): void
  list(): ZoomGrant[]
  restore(kind: string, value: JsonObject): void
  remembered(): { kind: string; value: JsonObject }[]
  clear(): void
}

const CODE_MS = 300_000
const REFRESH_DAYS_MS = 90 * 86_400_000
const KEPT_GRANTS = 1_000
const KEPT_TOKENS = 5_000
const USER_SCOPES =
  'meeting:read:meeting meeting:write:meeting meeting:update:meeting meeting:delete:meeting user:read:user'
export const SERVER_SCOPES =
  'meeting:read:meeting:admin meeting:write:meeting:admin meeting:update:meeting:admin meeting:delete:meeting:admin user:read:user:admin cloud_recording:read:list_recording_files:admin'
const SERVER_GRANT = 'server-to-server'

const challengeOf = (verifier: string): string => Buffer.from(sha256Hex(verifier), 'hex').toString('base64url')

export const createZoomGrants = (
  log: StateLog,
  clock: SimulatorClock,
  settings: Settings,
  seed: string
): ZoomGrants => {
  const grants = createSidStore<ZoomGrant>(log, { kind: 'zoom.grant', most: KEPT_GRANTS })
  const tokens = createSidStore<AccessToken>(log, { kind: 'zoom.token', most: KEPT_TOKENS })
  const codes = new Map<string, Code>()
  let made = 0
  const now = (): number => clock.now().getTime()
  const secret = (what: string): string => {
    made += 1
    return `${what}.${sha256Hex(`${seed} ${what} ${made} ${now()}`)}`
  }
  const accessTokenOf = (grant: string): string => {
    const sid = secret('at')
    tokens.save({ sid, grant, until: new Date(now() + settings.zoomTokenLifetimeSeconds * 1000).toISOString() })
    return sid
  }
  const handOut = (grant: ZoomGrant): ZoomTokens => {
    grant.refreshToken = secret('rt')
    grant.refreshUntil = new Date(now() + REFRESH_DAYS_MS).toISOString()
    grants.save(grant)
    return { accessToken: accessTokenOf(grant.sid), refreshToken: grant.refreshToken, scope: grant.scope }
  }
  const revoke = (grant: ZoomGrant): void => {
    grant.revoked = true
    grants.save(grant)
  }
  return {
    newCode: (userId, redirectUri, challenge) => {
      const code = secret('code')
      codes.set(code, { code, userId, redirectUri, challenge, until: now() + CODE_MS })
      return code
    },
    redeemCode: (given, redirectUri, verifier) => {
      const code = codes.get(given)
      codes.delete(given)
      if (code === undefined || code.until <= now() || code.redirectUri !== redirectUri) return 'invalid_grant'
      if (code.challenge !== null && (verifier === undefined || challengeOf(verifier) !== code.challenge)) {
        return 'invalid_grant'
      }
      return handOut({
        sid: secret('grant'),
        userId: code.userId,
        scope: USER_SCOPES,
        refreshToken: '',
        usedRefreshTokens: [],
        refreshUntil: '',
        revoked: false,
        refreshes: 0
      })
    },
    refresh: (given) => {
      const grant = grants
        .list()
        .find(({ refreshToken, usedRefreshTokens }) => refreshToken === given || usedRefreshTokens.includes(given))
      if (grant === undefined || grant.revoked) return 'invalid_grant'
      if (grant.refreshToken !== given) {
        // Somebody has a copy: neither of the two is trusted any more.
        revoke(grant)
        return 'invalid_grant'
      }
      if (Date.parse(grant.refreshUntil) <= now()) return 'invalid_grant'
      grant.usedRefreshTokens.push(given)
      grant.refreshes += 1
      return handOut(grant)
    },
    serverToken: () => accessTokenOf(SERVER_GRANT),
    grantOf: (accessToken) => {
      const token = tokens.get(accessToken)
      if (token === undefined || Date.parse(token.until) <= now()) return undefined
      if (token.grant === SERVER_GRANT) {
        return {
          sid: SERVER_GRANT,
          userId: null,
          scope: SERVER_SCOPES,
          refreshToken: '',
          usedRefreshTokens: [],
          refreshUntil: '',
          revoked: false,
          refreshes: 0
        }
      }
      const grant = grants.get(token.grant)
      return grant === undefined || grant.revoked ? undefined : grant
    },
    revokeToken: (token) => {
      const grant = grants.list().find(({ sid, refreshToken }) => {
        return refreshToken === token || tokens.get(token)?.grant === sid
      })
      if (grant === undefined) return false
      revoke(grant)
      return true
    },
    revokeUser: (userId) => {
      for (const grant of grants.list()) if (grant.userId === userId) revoke(grant)
    },
    list: () => grants.list(),
    restore: (kind, value) => {
      grants.restore(kind, value)
      tokens.restore(kind, value)
    },
    remembered: () => [...grants.remembered(), ...tokens.remembered()],
    clear: () => {
      grants.clear()
      tokens.clear()
      codes.clear()
    }
  }
}
