import { PermanentError, TransientError, type roomFailures } from '@leadlog/contracts'

/** What Zoom refused, in our words. */
export interface Refused {
  readonly reason: (typeof roomFailures)[number]
  readonly detail: string
  /** When it may be tried again; null where that needs a person. */
  readonly retryAt: Date | null
}

const REASONS: Readonly<Record<string, Refused['reason']>> = {
  MEETINGS_ZOOM_NOT_CONNECTED: 'not-connected',
  MEETINGS_ZOOM_GRANT_REFUSED: 'grant-refused',
  ZOOM_GRANT_REFUSED: 'app-refused',
  ZOOM_CLIENT_REFUSED: 'app-refused',
  OUTBOUND_UNAUTHORIZED: 'app-refused',
  ZOOM_124: 'app-refused',
  ZOOM_4700: 'app-refused',
  ZOOM_200: 'scope-missing',
  ZOOM_4711: 'scope-missing',
  ZOOM_1001: 'host-unknown',
  ZOOM_3161: 'host-not-licensed',
  ZOOM_3001: 'gone'
}

const DAY_MS = 86_400_000
/** Zoom's day may end a little later by its clock than by ours. */
const SHORTEST_WAIT_MS = 60_000

/** What a failure means for the room; null where it says nothing about it, and is tried again. */
export function refusedBy(error: unknown, now: Date): Refused | null {
  if (error instanceof TransientError && error.code === 'ZOOM_DAILY_LIMIT') {
    const waitMs = Math.max(error.retryAfterMs ?? DAY_MS, SHORTEST_WAIT_MS)
    return { reason: 'daily-limit', detail: error.message, retryAt: new Date(now.getTime() + waitMs) }
  }
  if (!(error instanceof PermanentError)) return null
  const reason = REASONS[error.code] ?? (/^ZOOM_\d+$/.test(error.code) ? 'refused' : undefined)
  return reason === undefined ? null : { reason, detail: error.message, retryAt: null }
}
