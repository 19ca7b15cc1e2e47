import type { Lane } from '@leadlog/contracts'
import type { AccessToken, SingleFlightToken, VendorClient } from '@leadlog/outbound'
import { crmCall, StaleTokenError, type CallResult } from '../crm-call.ts'
import { zohoErrors } from './zoho-errors.ts'

export interface ZohoCall {
  readonly operation: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Behind `/crm/<version>`, for example `/Leads/upsert`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly json?: unknown
  readonly lane: Lane
  /** API credits that Zoho counts for it. */
  readonly credits: number
  readonly signal?: AbortSignal | undefined
}

export interface ZohoClient {
  /** Does not throw for what happens outside. */
  call(call: ZohoCall): Promise<CallResult>
}

export interface ZohoClientOptions {
  /** Classifies with `classifyZohoAnswer` and reports to `noteCallEnded`. */
  readonly http: VendorClient
  readonly token: SingleFlightToken
  /** For example `v8`. */
  readonly apiVersion: string
  /** Goes before the address in the token's answer where it was set on purpose. */
  readonly apiUrl: string | undefined
  /** Of the data centre, for a token answer that names none. */
  readonly defaultApiUrl: string
}

const names = { vendor: 'Zoho', unavailable: zohoErrors.unavailable }

/**
 * Calls Zoho's API with the shared token. A token that is not good any more is renewed once. After a 429 the lane is
 * paused for all processes, and the call goes again when the pause is over.
 */
export function createZohoClient(options: ZohoClientOptions): ZohoClient {
  const { http, token, apiVersion, apiUrl, defaultApiUrl } = options

  const send = ({ operation, method, path, query, json, lane, credits, signal }: ZohoCall, access: AccessToken) =>
    http.call({
      operation,
      method,
      baseUrl: apiUrl ?? access.details['apiDomain'] ?? defaultApiUrl,
      path: `/crm/${apiVersion}${path}`,
      ...(query === undefined ? {} : { query }),
      ...(json === undefined ? {} : { body: json }),
      headers: { authorization: `Zoho-oauthtoken ${access.value}` },
      lane,
      cost: credits,
      ...(signal === undefined ? {} : { signal })
    })

  const sendWithGoodToken = (call: ZohoCall) =>
    token.use(
      (access) => send(call, access),
      (error) => error instanceof StaleTokenError
    )

  return { call: (call) => crmCall(names, () => sendWithGoodToken(call)) }
}
