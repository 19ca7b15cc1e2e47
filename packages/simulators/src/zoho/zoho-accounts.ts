import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Settings } from '../settings.ts'
import { bodyText, queryOf, sendAnswer } from '../vendor-plugin.ts'
import type { Vendor } from '../vendor-plugin.ts'
import { jsonAnswer } from '../vendors.ts'
import type { VendorAnswer } from '../vendors.ts'
import type { ZohoTokens } from './zoho-tokens.ts'

export interface ZohoCredentials {
  clientId: string
  clientSecret: string
  refreshToken: string
}

const throttled = {
  error_description: 'You have made too many requests continuously. Please try again after some time.',
  error: 'Access Denied',
  status: 'failure'
}

/** OAuth failures come with HTTP 200. */
const refused = (error: string): VendorAnswer => jsonAnswer(200, { error })

const failure = (code: string): VendorAnswer => {
  if (code === '429' || code === 'throttled') return jsonAnswer(400, throttled)
  if (/^\d+$/.test(code)) return jsonAnswer(Number(code), { error: 'general_error', status: 'failure' })
  return refused(code)
}

const parametersOf = (request: FastifyRequest): URLSearchParams => {
  const parameters = new URLSearchParams(bodyText(request))
  for (const [name, value] of queryOf(request)) parameters.set(name, value)
  return parameters
}

/** Zoho's accounts server: it turns the refresh token into access tokens. */
export const zohoAccounts = (credentials: ZohoCredentials, tokens: ZohoTokens, settings: Settings): Vendor => {
  const answer = (request: FastifyRequest): VendorAnswer => {
    const parameters = parametersOf(request)
    if (parameters.get('client_id') !== credentials.clientId) return refused('invalid_client')
    if (parameters.get('client_secret') !== credentials.clientSecret) return refused('invalid_client_secret')
    if (parameters.get('grant_type') !== 'refresh_token') return refused('unsupported_grant_type')
    if (parameters.get('refresh_token') !== credentials.refreshToken) return refused('invalid_code')
    const token = tokens.issue()
    if (token === undefined) return jsonAnswer(400, throttled)
    return jsonAnswer(200, {
      access_token: token,
      scope: 'ZohoCRM.modules.ALL ZohoCRM.settings.ALL',
      api_domain: `http://${request.host}/zoho`,
      token_type: 'Bearer',
      expires_in: settings.zohoTokenLifetimeSeconds
    })
  }
  return {
    name: 'zoho-accounts',
    routes: (app: FastifyInstance) => {
      app.post('/oauth/v2/token', (request, reply) => sendAnswer(reply, answer(request)))
    },
    failure: ({ code }) => failure(code)
  }
}
