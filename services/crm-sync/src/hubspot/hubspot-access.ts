import { PermanentError, TransientError } from '@leadlog/contracts'
import {
  singleFlightToken,
  type Classification,
  type TokenOptions,
  type VendorClient,
  type VendorResponse
} from '@leadlog/outbound'
import { StaleTokenError } from '../crm-call.ts'
import { isJsonObject, parseVendorJson, textIn } from '../vendor-json.ts'
import { hubspotErrors } from './hubspot-errors.ts'

/** How Leadlog is known to HubSpot: by a private app's token, or as an OAuth app. */
export type HubspotCredentials =
  | { readonly kind: 'private-app'; readonly accessToken: string }
  | {
      readonly kind: 'oauth'
      readonly clientId: string
      readonly clientSecret: string
      readonly refreshToken: string
    }

/** Makes calls with a token that HubSpot takes. */
export interface HubspotAccess {
  /** @throws PermanentError CRM_SYNC_HUBSPOT_CREDENTIALS_REFUSED, and what the call throws */
  use<Answer>(call: (token: string) => Promise<Answer>): Promise<Answer>
}

const DEFAULT_LIFETIME_S = 1800

/** A private app's token does not expire; refused once, it is refused for good. */
export function privateAppAccess(accessToken: string): HubspotAccess {
  return {
    async use(call) {
      try {
        return await call(accessToken)
      } catch (error) {
        if (!(error instanceof StaleTokenError)) throw error
        const message = `${error.message}. Give a private app's current token in HUBSPOT_ACCESS_TOKEN`
        throw new PermanentError(hubspotErrors.credentials, message, { cause: error })
      }
    }
  }
}

/** OAuth: one token for all processes, renewed in time, and once more where HubSpot refuses it. */
export function oauthAccess(
  server: VendorClient,
  credentials: Extract<HubspotCredentials, { kind: 'oauth' }>,
  shared: Omit<TokenOptions, 'vendor' | 'credentials' | 'refresh'>
): HubspotAccess {
  const token = singleFlightToken({
    ...shared,
    vendor: 'hubspot',
    credentials: `${credentials.clientId} ${credentials.refreshToken}`,
    refresh: async () => {
      const response = await server.call({
        operation: 'refresh-token',
        method: 'POST',
        path: '/oauth/v1/token',
        body: new URLSearchParams({
          grant_type: 'refresh_token',
          client_id: credentials.clientId,
          client_secret: credentials.clientSecret,
          refresh_token: credentials.refreshToken
        }),
        lane: 'person'
      })
      return parseTokenAnswer(response.status, response.text())
    }
  })
  return {
    use: (call) =>
      token.use(
        (access) => call(access.value),
        (error) => error instanceof StaleTokenError
      )
  }
}

/** Leaves every answer below 500 to {@link parseTokenAnswer}, since its body says what is wrong. */
export function classifyTokenAnswer({ status }: VendorResponse): Classification | undefined {
  return status < 500 && status !== 429 ? { kind: 'ok' } : undefined
}

/** @throws PermanentError CRM_SYNC_HUBSPOT_CREDENTIALS_REFUSED, TransientError CRM_SYNC_HUBSPOT_UNAVAILABLE */
export function parseTokenAnswer(status: number, text: string): { value: string; expiresInMs: number } {
  const parsed = parseVendorJson(text)
  const body = isJsonObject(parsed) ? parsed : {}
  const value = textIn(body, 'access_token')
  if (value !== null) {
    const seconds = Number(textIn(body, 'expires_in') ?? DEFAULT_LIFETIME_S)
    return { value, expiresInMs: (Number.isFinite(seconds) ? seconds : DEFAULT_LIFETIME_S) * 1000 }
  }
  if (status < 400) {
    throw new TransientError(hubspotErrors.unavailable, `HubSpot's token server answered ${status} without a token`, {
      countsAsAttempt: false
    })
  }
  const reason = textIn(body, 'status') ?? textIn(body, 'error') ?? `HTTP ${status}`
  throw new PermanentError(
    hubspotErrors.credentials,
    `HubSpot refuses the connection (${reason}). Check HUBSPOT_CLIENT_ID, HUBSPOT_CLIENT_SECRET and HUBSPOT_REFRESH_TOKEN`
  )
}
