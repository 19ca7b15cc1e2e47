import { PermanentError, TransientError } from '@leadlog/contracts'
import type { Classification, VendorResponse } from '@leadlog/outbound'
import { StaleTokenError } from '../crm-call.ts'
import { zohoErrors } from './zoho-errors.ts'
import { isJsonObject, parseVendorJson, textIn } from '../vendor-json.ts'

/** Zoho's 429 tells of too many requests at once and names no time; a few seconds let them finish. */
const CONCURRENCY_PAUSE_MS = 5_000
/** The credits of a day come back bit by bit over 24 h; a quarter of an hour gives back about 1 % of them. */
const CREDITS_PAUSE_MS = 15 * 60_000

type Kind = 'token' | 'credentials' | 'concurrency' | 'credits' | 'away' | 'rejected'

const kindOfCode: Readonly<Record<string, Kind>> = {
  INVALID_TOKEN: 'token',
  AUTHENTICATION_FAILURE: 'token',
  OAUTH_SCOPE_MISMATCH: 'credentials',
  NO_PERMISSION: 'credentials',
  TOO_MANY_REQUESTS: 'concurrency',
  LIMIT_EXCEEDED: 'credits',
  SERVICE_UNAVAILABLE: 'away'
}

const kindOfStatus: Readonly<Record<number, Kind>> = { 401: 'token', 403: 'credentials', 429: 'concurrency' }

/**
 * What an answer means for the request as a whole. An answer with items is none of its business: their statuses decide,
 * whatever the HTTP status is. Undefined leaves it to the rules for statuses: a 500 may come after the work was done.
 */
export function classifyZohoAnswer(response: VendorResponse): Classification | undefined {
  const body = parseVendorJson(response.text())
  if (isJsonObject(body) && Array.isArray(body['data'])) return { kind: 'ok' }
  if (response.status >= 200 && response.status < 300) return { kind: 'ok' }
  const code = isJsonObject(body) ? textIn(body, 'code') : null
  const kind = kindOfCode[code ?? ''] ?? kindOfStatus[response.status]
  if (kind === undefined && (response.status < 400 || response.status >= 500 || response.status === 408))
    return undefined
  return classification(kind ?? 'rejected', `${code ?? 'no code'}, HTTP ${response.status}`, response)
}

function classification(kind: Kind, answer: string, response: VendorResponse): Classification {
  switch (kind) {
    case 'concurrency':
      return 'retry-after' in response.headers
        ? { kind: 'rate-limited' }
        : { kind: 'rate-limited', retryAfterMs: CONCURRENCY_PAUSE_MS }
    case 'credits':
      return { kind: 'rate-limited', retryAfterMs: CREDITS_PAUSE_MS }
    case 'away':
      return {
        kind: 'failed',
        error: new TransientError(zohoErrors.unavailable, `Zoho is away for now: ${answer}`, { countsAsAttempt: false })
      }
    case 'token':
      return {
        kind: 'failed',
        error: new StaleTokenError(zohoErrors.token, `Zoho does not take the access token: ${answer}`)
      }
    case 'credentials':
      return {
        kind: 'failed',
        error: new PermanentError(
          zohoErrors.credentials,
          `The connected user may not do this: ${answer}. Grant the scopes ZohoCRM.modules.ALL and ZohoCRM.settings.ALL, and the permission for the module`
        )
      }
    case 'rejected':
      return {
        kind: 'failed',
        error: new PermanentError(
          zohoErrors.rejected,
          `Zoho does not take the request: ${answer}. Check ZOHO_API_VERSION, ZOHO_API_URL and the module's name in the mapping`
        )
      }
  }
}
