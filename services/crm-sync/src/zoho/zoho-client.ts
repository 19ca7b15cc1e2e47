import { PermanentError, TransientError, type Lane } from '@leadlog/contracts'
import { OutcomeUnknownError, type AccessToken, type SingleFlightToken, type VendorClient } from '@leadlog/outbound'
import type { CallFigures } from '../crm-provider.ts'
import { withFigures } from './call-figures.ts'
import { StaleTokenError } from './request-failure.ts'
import { zohoErrors } from './zoho-errors.ts'
import { parseZohoJson } from './zoho-json.ts'

export interface ZohoCall {
  readonly operation: string
  readonly method: 'GET' | 'POST' | 'PUT'
  /** Behind `/crm/<version>`, for example `/Leads/upsert`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly json?: unknown
  readonly lane: Lane
  /** API credits that Zoho counts for it. */
  readonly credits: number
  readonly signal?: AbortSignal | undefined
}

type Outcome =
  | { readonly kind: 'answer'; readonly body: unknown }
  | { readonly kind: 'failed'; readonly error: TransientError | PermanentError }
  | { readonly kind: 'unknown'; readonly reason: string }

/** What came of a call as a whole; what came of each record is in the body. */
export type ZohoResult = CallFigures & Outcome

export interface ZohoClient {
  /** Does not throw for what happens outside. */
  call(call: ZohoCall): Promise<ZohoResult>
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

/** A refused call waits out the pause in its lane and goes again; a vendor that refuses it thrice needs more time. */
const MOST_LIMITED_TRIES = 3
/** A message may wait this long in its lane; what takes longer is better delivered again. */
const LONGEST_PAUSE_MS = 30_000

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

  const sendPastLimits = async (call: ZohoCall) => {
    for (let limited = 1; ; limited++) {
      try {
        return await sendWithGoodToken(call)
      } catch (error) {
        if (limited >= MOST_LIMITED_TRIES || !isShortPause(error)) throw error
      }
    }
  }

  return {
    async call(call) {
      const { value, figures } = await withFigures(() => sendPastLimits(call).then(answered, failed))
      return { ...value, ...figures }
    }
  }
}

function isShortPause(error: unknown): boolean {
  return (
    error instanceof TransientError &&
    error.code === 'OUTBOUND_RATE_LIMITED' &&
    (error.retryAfterMs ?? 0) <= LONGEST_PAUSE_MS
  )
}

function answered(response: { text(): string }): Outcome {
  const text = response.text()
  const body = parseZohoJson(text)
  if (body === null && text !== '') return { kind: 'unknown', reason: 'Zoho answered with something that is not JSON' }
  return { kind: 'answer', body }
}

function failed(error: unknown): Outcome {
  if (error instanceof OutcomeUnknownError) return { kind: 'unknown', reason: error.reason }
  // A fresh token that is refused too is no fault of the message's.
  if (error instanceof StaleTokenError) return { kind: 'failed', error: away(error) }
  if (error instanceof TransientError || error instanceof PermanentError) return { kind: 'failed', error }
  return { kind: 'failed', error: away(error) }
}

function away(error: unknown): TransientError {
  const message = error instanceof Error ? error.message : String(error)
  return new TransientError(zohoErrors.unavailable, `Zoho could not be called: ${message}`, { cause: error })
}
