import type { FastifyRequest } from 'fastify'
import { bodyText } from '../vendor-plugin.ts'
import { jsonAnswer } from '../vendors.ts'
import type { VendorAnswer } from '../vendors.ts'
import type { HubspotTokens } from './hubspot-tokens.ts'

/** What the account's apps are known by. */
export interface HubspotCredentials {
  /** Of the private app. */
  accessToken: string
  clientId: string
  clientSecret: string
  refreshToken: string
}

const refused = (status: string, message: string): VendorAnswer => jsonAnswer(400, { status, message })

/** The OAuth server: a refresh token, which stays the same, against an access token. */
export const tokenAnswer = (
  request: FastifyRequest,
  credentials: HubspotCredentials,
  tokens: HubspotTokens
): VendorAnswer => {
  const form = new URLSearchParams(bodyText(request))
  if (form.get('grant_type') !== 'refresh_token') {
    return refused('BAD_GRANT_TYPE', 'missing or unknown grant type')
  }
  if (form.get('client_id') !== credentials.clientId) return refused('BAD_CLIENT_ID', 'missing or unknown client id')
  if (form.get('client_secret') !== credentials.clientSecret) {
    return refused('BAD_CLIENT_SECRET', 'missing or invalid client secret')
  }
  if (form.get('refresh_token') !== credentials.refreshToken) {
    return refused('BAD_REFRESH_TOKEN', 'missing or unknown refresh token')
  }
  const { token, expiresInSeconds } = tokens.issue()
  return jsonAnswer(200, {
    token_type: 'bearer',
    refresh_token: credentials.refreshToken,
    access_token: token,
    expires_in: expiresInSeconds
  })
}
