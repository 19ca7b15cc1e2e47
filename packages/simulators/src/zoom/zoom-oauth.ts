import { timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Settings } from '../settings.ts'
import { bodyText, queryOf, sendAnswer } from '../vendor-plugin.ts'
import { jsonAnswer, textAnswer } from '../vendors.ts'
import type { VendorAnswer } from '../vendors.ts'
import { oauthError } from './zoom-errors.ts'
import { SERVER_SCOPES } from './zoom-grants.ts'
import type { ZoomGrants, ZoomTokens } from './zoom-grants.ts'
import type { ZoomStore } from './zoom-store.ts'

export interface ZoomCredentials {
  clientId: string
  clientSecret: string
  accountId: string
}

export interface ZoomOauthParts {
  credentials: ZoomCredentials
  grants: ZoomGrants
  store: ZoomStore
  settings: Settings
}

const isSame = (given: string, expected: string): boolean => {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)]
  return a.length === b.length && timingSafeEqual(a, b)
}

/** Zoom's OAuth endpoints: authorize, token and revoke. Whoever is asked agrees at once. */
export const zoomOauthRoutes = (app: FastifyInstance, parts: ZoomOauthParts): void => {
  const { credentials, grants, store, settings } = parts

  const isClient = ({ headers }: FastifyRequest): boolean => {
    const pair = `${credentials.clientId}:${credentials.clientSecret}`
    return isSame(headers.authorization ?? '', `Basic ${Buffer.from(pair).toString('base64')}`)
  }

  const tokenAnswer = (request: FastifyRequest, tokens: ZoomTokens | 'invalid_grant'): VendorAnswer =>
    tokens === 'invalid_grant'
      ? oauthError(400, 'invalid_grant', 'Invalid Token!')
      : jsonAnswer(200, {
          access_token: tokens.accessToken,
          token_type: 'bearer',
          refresh_token: tokens.refreshToken,
          expires_in: settings.zoomTokenLifetimeSeconds,
          scope: tokens.scope,
          api_url: `http://${request.host}/zoom`
        })

  const token = (request: FastifyRequest): VendorAnswer => {
    if (!isClient(request)) return oauthError(400, 'invalid_client', 'Invalid client_id or client_secret')
    const form = new URLSearchParams(bodyText(request))
    const of = (name: string): string => form.get(name) ?? ''
    switch (of('grant_type')) {
      case 'account_credentials':
        if (of('account_id') !== credentials.accountId) return oauthError(400, 'invalid_request', 'Bad Request')
        return jsonAnswer(200, {
          access_token: grants.serverToken(),
          token_type: 'bearer',
          expires_in: settings.zoomTokenLifetimeSeconds,
          scope: SERVER_SCOPES,
          api_url: `http://${request.host}/zoom`
        })
      case 'authorization_code':
        return tokenAnswer(
          request,
          grants.redeemCode(of('code'), of('redirect_uri'), form.get('code_verifier') ?? undefined)
        )
      case 'refresh_token':
        return tokenAnswer(request, grants.refresh(of('refresh_token')))
      default:
        return oauthError(400, 'unsupported_grant_type', 'Unsupported grant type')
    }
  }

  const authorize = (request: FastifyRequest, reply: FastifyReply): FastifyReply => {
    const query = queryOf(request)
    const redirectUri = query.get('redirect_uri') ?? ''
    const method = query.get('code_challenge_method')
    const problem =
      query.get('client_id') !== credentials.clientId
        ? 'Invalid client_id'
        : query.get('response_type') !== 'code'
          ? 'response_type must be code'
          : !/^https?:\/\//.test(redirectUri)
            ? 'Invalid redirect url'
            : method !== null && method !== 'S256'
              ? 'code_challenge_method must be S256'
              : undefined
    if (problem !== undefined) return sendAnswer(reply, textAnswer(400, problem))
    const user = store.user(query.get('login_hint') ?? '') ?? store.users[0]
    const code = grants.newCode(user?.id ?? '', redirectUri, query.get('code_challenge'))
    const target = new URL(redirectUri)
    target.searchParams.set('code', code)
    const state = query.get('state')
    if (state !== null) target.searchParams.set('state', state)
    return reply.redirect(target.href, 302)
  }

  const revoke = (request: FastifyRequest): VendorAnswer => {
    if (!isClient(request)) return oauthError(401, 'invalid_client', 'Invalid client_id or client_secret')
    const form = new URLSearchParams(bodyText(request))
    return grants.revokeToken(form.get('token') ?? '')
      ? jsonAnswer(200, { status: 'success' })
      : oauthError(400, 'invalid_token', 'Invalid Token!')
  }

  app.get('/oauth/authorize', (request, reply) => authorize(request, reply))
  app.post('/oauth/token', (request, reply) => sendAnswer(reply, token(request)))
  app.post('/oauth/revoke', (request, reply) => sendAnswer(reply, revoke(request)))
}
