import { PermanentError } from '@leadlog/contracts'
import {
  createVendorClient,
  type CallEnded,
  type Classification,
  type OutboundLogger,
  type VendorResponse
} from '@leadlog/outbound'
import { tokenAnswer, type GrantedTokens, type ServerToken } from './token-answer.ts'

export interface ZoomOauthOptions {
  /** Default Zoom's own. From `ZOOM_OAUTH_URL`. */
  baseUrl?: string | undefined
  readonly clientId: string
  readonly clientSecret: string
  privateHosts?: readonly string[]
  timeoutMs?: number
  onCallEnded?: (call: CallEnded) => void
  logger?: OutboundLogger
}

/**
 * Zoom's OAuth endpoints. All throw PermanentError `ZOOM_GRANT_REFUSED` or `ZOOM_CLIENT_REFUSED`, or TransientErrors; an
 * OutcomeUnknownError of a refresh means that the token may have been used up.
 */
export interface ZoomOauth {
  readonly baseUrl: string
  /** A token of the account (server-to-server). */
  serverToken(accountId: string): Promise<ServerToken>
  /** The tokens of a user who has just agreed. */
  exchangeCode(request: { code: string; verifier: string; redirectUri: string }): Promise<GrantedTokens>
  /** The next tokens of a user; the given refresh token is used up. */
  refresh(refreshToken: string): Promise<GrantedTokens>
  /** Takes the permission back. A token that Zoom does not know is taken back already. */
  revoke(token: string): Promise<void>
  close(): Promise<void>
}

const DEFAULT_BASE_URL = 'https://zoom.us'

export function createZoomOauth(options: ZoomOauthOptions): ZoomOauth {
  const { baseUrl = DEFAULT_BASE_URL, clientId, clientSecret, privateHosts, timeoutMs, onCallEnded, logger } = options
  const client = createVendorClient({
    vendor: 'zoom-oauth',
    baseUrl,
    classify: leaveToBody,
    headers: () => ({ authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` }),
    ...(privateHosts === undefined ? {} : { privateHosts }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(onCallEnded === undefined ? {} : { onCallEnded }),
    ...(logger === undefined ? {} : { logger })
  })

  const post = (operation: string, path: string, form: Readonly<Record<string, string>>): Promise<VendorResponse> =>
    client.call({ operation, method: 'POST', path, body: new URLSearchParams({ ...form }), lane: 'person' })

  const granted = async (operation: string, form: Readonly<Record<string, string>>): Promise<GrantedTokens> => {
    const response = await post(operation, '/oauth/token', form)
    const { refreshToken, ...token } = tokenAnswer(response.status, response.text())
    if (refreshToken === null) {
      throw new PermanentError('ZOOM_GRANT_REFUSED', 'Zoom gave no refresh token: the app must be a user-managed one.')
    }
    return { ...token, refreshToken }
  }

  return {
    baseUrl,
    async serverToken(accountId) {
      const form = { grant_type: 'account_credentials', account_id: accountId }
      const response = await post('server-token', '/oauth/token', form)
      return tokenAnswer(response.status, response.text())
    },
    exchangeCode: ({ code, verifier, redirectUri }) =>
      granted('exchange-code', {
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
        code_verifier: verifier
      }),
    refresh: (refreshToken) => granted('refresh-token', { grant_type: 'refresh_token', refresh_token: refreshToken }),
    async revoke(token) {
      const response = await post('revoke-token', '/oauth/revoke', { token })
      if (response.status < 300 || response.status === 400) return
      tokenAnswer(response.status, response.text())
    },
    close: () => client.close()
  }
}

/** Below 500 the body decides. */
function leaveToBody({ status }: VendorResponse): Classification | undefined {
  return status < 500 && status !== 429 ? { kind: 'ok' } : undefined
}
