import { isJsonObject, textIn } from './zoho-json.ts'

/** A failure of a whole request: nothing of it was done unless it is `unknown`. */
export interface RequestFailure {
  /**
   * `token`: the access token is not good any more; `credentials`: the connection itself is refused; `limit`: later;
   * `transient`: may pass; `unknown`: may have been done; `permanent`: will not pass.
   */
  readonly kind: 'token' | 'credentials' | 'limit' | 'transient' | 'unknown' | 'permanent'
  readonly code: string
  readonly message: string
  readonly retryAfterMs: number | undefined
}

/** Zoho's 429 tells of too many requests at once and names no time; a few seconds let them finish. */
const CONCURRENCY_PAUSE_MS = 5_000
/** The credits of a day come back bit by bit over 24 h; a quarter of an hour gives back about 1 % of them. */
const CREDITS_PAUSE_MS = 15 * 60_000

const kinds: Readonly<Record<string, RequestFailure['kind']>> = {
  INVALID_TOKEN: 'token',
  AUTHENTICATION_FAILURE: 'token',
  OAUTH_SCOPE_MISMATCH: 'credentials',
  NO_PERMISSION: 'credentials',
  TOO_MANY_REQUESTS: 'limit',
  LIMIT_EXCEEDED: 'limit',
  INTERNAL_ERROR: 'unknown',
  INTERNAL_SERVER_ERROR: 'unknown',
  SERVICE_UNAVAILABLE: 'transient'
}

/** How a whole-request error must be treated, by its code, and by its HTTP status where it has none that is known. */
export function requestFailure(status: number, body: unknown, retryAfterMs: number | undefined): RequestFailure {
  const object = isJsonObject(body) ? body : {}
  const code = textIn(object, 'code') ?? `HTTP_${status}`
  const kind = kinds[code] ?? kindOfStatus(status)
  const message = textIn(object, 'message') ?? `HTTP status ${status}`
  return { kind, code, message, retryAfterMs: retryAfterMs ?? pauseOf(code, kind) }
}

/** A 500 or 504 may come after the work was done; a 502 or 503 too where a gateway stands before the server. */
function kindOfStatus(status: number): RequestFailure['kind'] {
  if (status === 401) return 'token'
  if (status === 403) return 'credentials'
  if (status === 408 || status === 425 || status === 429) return 'limit'
  return status >= 500 ? 'unknown' : 'permanent'
}

function pauseOf(code: string, kind: RequestFailure['kind']): number | undefined {
  if (code === 'LIMIT_EXCEEDED') return CREDITS_PAUSE_MS
  return kind === 'limit' ? CONCURRENCY_PAUSE_MS : undefined
}
