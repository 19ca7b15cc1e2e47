import { PermanentError, TransientError } from '@leadlog/contracts'
import { OutcomeUnknownError } from '@leadlog/outbound'

/** A token of the account's own app. */
export interface ServerToken {
  readonly value: string
  readonly expiresInMs: number
}

/** Tokens of a user. The refresh token is good once: the next one comes with the next answer. */
export interface GrantedTokens extends ServerToken {
  readonly refreshToken: string
  readonly scope: string
}

const DEFAULT_LIFETIME_S = 3_600

/** Means that the grant is gone: a person has to connect again. */
const GRANT_ERRORS: ReadonlySet<string> = new Set(['invalid_grant', 'invalid_token', 'access_denied'])

/**
 * Reads an answer of the token endpoint.
 *
 * @throws PermanentError `ZOOM_GRANT_REFUSED` (connect again), `ZOOM_CLIENT_REFUSED` (credentials or request wrong)
 * @throws TransientError `ZOOM_OAUTH_UNAVAILABLE`
 */
export function tokenAnswer(
  status: number,
  text: string
): ServerToken & { refreshToken: string | null; scope: string } {
  const body = objectIn(text)
  const { access_token: value, expires_in: seconds, refresh_token: refreshToken, scope, error } = body
  if (status < 300 && typeof value === 'string') {
    const lifetime = Number(seconds ?? DEFAULT_LIFETIME_S)
    return {
      value,
      expiresInMs: (Number.isFinite(lifetime) && lifetime > 0 ? lifetime : DEFAULT_LIFETIME_S) * 1_000,
      refreshToken: typeof refreshToken === 'string' ? refreshToken : null,
      scope: typeof scope === 'string' ? scope : ''
    }
  }
  if (typeof error === 'string' && GRANT_ERRORS.has(error)) {
    throw new PermanentError('ZOOM_GRANT_REFUSED', 'Zoom does not know the permission any more: connect Zoom again.')
  }
  if (status < 500 && typeof error === 'string') {
    const known = /^[a-z_]{1,40}$/.test(error) ? error : 'an error'
    throw new PermanentError(
      'ZOOM_CLIENT_REFUSED',
      `Zoom refuses the app (${known}). Check ZOOM_CLIENT_ID, ZOOM_CLIENT_SECRET and ZOOM_ACCOUNT_ID.`
    )
  }
  if (status < 300) {
    // The one answer that holds the next refresh token could not be read.
    throw new OutcomeUnknownError("Zoom's token answer cannot be read.", { reason: 'unreadable-answer' })
  }
  throw new TransientError('ZOOM_OAUTH_UNAVAILABLE', `Zoom's OAuth endpoint answered ${status} without a token.`, {
    countsAsAttempt: false
  })
}

function objectIn(text: string): Record<string, unknown> {
  try {
    const parsed = JSON.parse(text) as unknown
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : {}
  } catch {
    return {}
  }
}
