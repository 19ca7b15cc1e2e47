import { PermanentError } from '@leadlog/contracts'
import { HttpProblem, type Clock } from '@leadlog/service'
import { openAppContext, type AppContext } from '@leadlog/zoom'
import { newSecret, secretDigest, secretKey } from '../access/secret.ts'
import type { Throttle } from '../rate-limit/throttle.ts'
import { newSessionId, type Session, type Sessions } from '../sessions/sessions.ts'
import type { VolatileStore } from '../sessions/volatile-store.ts'
import type { Asking } from '../sign-in/sign-in.ts'
import type { User } from '../users/user.ts'
import { UserRefusal, type UserBook } from '../users/user-book.ts'

/** As long as most meetings; the page gets another with a fresh context. */
const PANEL_TTL_MS = 3_600_000
/** A page is loaded again, an answer is lost; more than this is somebody who tries something. */
const EXCHANGES_OF_A_CONTEXT = { max: 10, windowMs: PANEL_TTL_MS }
/** Before each token, so that it is known for what it is. */
const TOKEN_PREFIX = 'llp_'

/** Whom Zoom's users are here, and how Zoom speaks to us. */
export interface ZoomHosts {
  /** Credentials of the Zoom app; null where none is set up. */
  readonly app: { readonly clientId: string; readonly clientSecret: string } | null
  /** Address of the host who connected this Zoom user, and is connected now. */
  readonly findHost: (zoomUserId: string) => Promise<string | null>
}

/** People in the panel in Zoom. What opens a session is with its page and nowhere else: kept is a digest. */
export interface PanelSessions {
  /**
   * A session for whoever Zoom's client says it is. One context has one session at most: the last.
   *
   * @throws HttpProblem 401 with the code of the refused context; 403 PANEL_HOST_UNKNOWN, PANEL_USER_UNKNOWN or
   * PANEL_USER_DISABLED; 429 PANEL_CONTEXT_REPEATED; 503 PANEL_NOT_SET_UP
   */
  exchange(context: string, asking: Asking): Promise<BegunPanel>
  /** Who a token is by now; null for an ended or unknown one, and for who may come in no more. */
  find(token: string): Promise<{ readonly user: User; readonly meetingUuid: string | null } | null>
}

export interface BegunPanel {
  readonly token: string
  readonly expiresAt: Date
  readonly user: User
}

/** A session with what Zoom said when it began. */
type PanelSession = Session & {
  readonly zoomUserId: string
  readonly meetingUuid: string | null
  /** Where it stands which session the context has. */
  readonly contextKey: string
}

export function isPanelToken(given: string): boolean {
  return given.startsWith(TOKEN_PREFIX)
}

export function createPanelSessions(
  options: {
    users: UserBook
    sessions: Pick<Sessions, 'enlist'>
    store: VolatileStore
    throttle: Throttle
    clock: Clock
  } & ZoomHosts
): PanelSessions {
  const { users, sessions, store, throttle, clock, app, findHost } = options

  const opened = (context: string): AppContext => {
    if (app === null) {
      const detail = 'The panel needs ZOOM_CLIENT_ID and ZOOM_CLIENT_SECRET; an operator sets them'
      throw new HttpProblem(503, 'PANEL_NOT_SET_UP', detail)
    }
    try {
      return openAppContext(context, { ...app, now: clock.now() })
    } catch (error) {
      if (error instanceof PermanentError) throw new HttpProblem(401, error.code, error.message, { cause: error })
      throw error
    }
  }

  const userOf = async (zoomUserId: string): Promise<User> => {
    const email = await findHost(zoomUserId)
    if (email === null) {
      const detail =
        'Your Zoom is not connected with Leadlog: connect it in the dashboard, under Settings, Integrations'
      throw new HttpProblem(403, 'PANEL_HOST_UNKNOWN', detail)
    }
    const user = await users.find(users.idOf(email))
    if (user === null) {
      const detail = 'Your Zoom is connected, but its address is no user of Leadlog: ask an admin to invite you'
      throw new HttpProblem(403, 'PANEL_USER_UNKNOWN', detail)
    }
    if (user.disabled) throw userDisabled()
    return user
  }

  return {
    async exchange(context, { origin, requestId }) {
      const { userId: zoomUserId, meetingUuid } = opened(context)
      const contextDigest = secretDigest(canonical(context)).toString('base64url')
      const counted = await throttle.attempt(`panel:${contextDigest}`, EXCHANGES_OF_A_CONTEXT)
      if (!counted.allowed) {
        const detail = 'The same context came too often; close the panel and open it again'
        throw new HttpProblem(429, 'PANEL_CONTEXT_REPEATED', detail, {
          retryAfterSeconds: Math.ceil(counted.waitMs / 1000)
        })
      }
      const user = await userOf(zoomUserId)
      const id = newSessionId()
      // Recorded first: a session that no event tells of would be one that nobody sees.
      await users
        .run(user.id, { do: 'open-panel', sessionId: id, zoomUserId, origin }, { actor: `user:${user.id}`, requestId })
        .catch((error: unknown) => {
          throw error instanceof UserRefusal && error.code === 'USER_DISABLED' ? userDisabled() : error
        })
      const token = TOKEN_PREFIX + newSecret()
      const [key, contextKey] = [tokenKey(token), `panel-context:${contextDigest}`]
      const now = clock.now()
      const at = now.toISOString()
      const session: PanelSession = {
        id,
        userId: user.id,
        device: 'Zoom',
        address: origin.address,
        startedAt: at,
        lastSeenAt: at,
        zoomUserId,
        meetingUuid,
        contextKey
      }
      await store.put(key, JSON.stringify(session), PANEL_TTL_MS)
      await sessions.enlist(session, key)
      await store.put(contextKey, id, PANEL_TTL_MS)
      return { token, expiresAt: new Date(now.getTime() + PANEL_TTL_MS), user }
    },
    async find(token) {
      const text = await store.get(tokenKey(token))
      if (text === null) return null
      const { id, userId, zoomUserId, meetingUuid, contextKey } = JSON.parse(text) as PanelSession
      const [user, host, newest] = await Promise.all([users.find(userId), findHost(zoomUserId), store.get(contextKey)])
      if (newest !== id || user === null || user.disabled || host === null || users.idOf(host) !== userId) return null
      return { user, meetingUuid }
    }
  }
}

function tokenKey(token: string): string {
  return secretKey('panel', token)
}

/** One context can be written in both alphabets, with and without its padding. */
function canonical(context: string): string {
  return Buffer.from(context, 'base64').toString('base64')
}

function userDisabled(): HttpProblem {
  return new HttpProblem(
    403,
    'PANEL_USER_DISABLED',
    'You may not sign in to Leadlog any more; an admin can change that'
  )
}
