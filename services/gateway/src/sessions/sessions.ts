import { randomUUID } from 'node:crypto'
import type { Clock } from '@leadlog/service'
import { newSecret, secretKey } from '../access/secret.ts'
import type { VolatileStore } from './volatile-store.ts'

/** A session lives so long after it was last used. */
export const SESSION_TTL_MS = 7 * 86_400_000
/** Its last use is noted no more often than this. */
const NOTE_EVERY_MS = 60_000

/** A browser in which somebody is signed in. */
export interface Session {
  /** Names it in lists and events; opens nothing. */
  readonly id: string
  readonly userId: string
  readonly device: string
  readonly address: string
  readonly startedAt: string
  readonly lastSeenAt: string
}

/** The sessions of all users. The secret that opens one is in its browser's cookie and nowhere else: kept is a digest. */
export interface Sessions {
  /** Begins one, always under a secret made here: a value that somebody planted beforehand is never taken over. */
  begin(session: Pick<Session, 'id' | 'userId' | 'device' | 'address'>): Promise<{ secret: string }>
  /** Puts one that is kept elsewhere, under the key of the store, into the list of its user, so that it can be ended. */
  enlist(session: Pick<Session, 'id' | 'userId'>, key: string): Promise<void>
  /** The session of a cookie; null for an ended or unknown one. Its life is prolonged, at most once a minute. */
  find(secret: string): Promise<{ readonly session: Session; readonly prolonged: boolean } | null>
  list(userId: string): Promise<Session[]>
  /** False where there was no such session of the user. */
  end(userId: string, sessionId: string): Promise<boolean>
  endAll(userId: string): Promise<void>
}

export function newSessionId(): string {
  return randomUUID()
}

export function createSessions(store: VolatileStore, clock: Clock): Sessions {
  const listKey = (userId: string): string => `sessions-of:${userId}`
  const read = (text: string | null): Session | null => (text === null ? null : (JSON.parse(text) as Session))

  return {
    async begin(given) {
      const secret = newSecret()
      const at = clock.now().toISOString()
      const session: Session = { ...given, startedAt: at, lastSeenAt: at }
      const key = sessionKey(secret)
      // Only what is in the list too is given out: a session that stands in none could not be ended.
      await store.put(key, JSON.stringify(session), SESSION_TTL_MS)
      await store.setField(listKey(given.userId), given.id, key, SESSION_TTL_MS)
      return { secret }
    },
    enlist: ({ id, userId }, key) => store.setField(listKey(userId), id, key, SESSION_TTL_MS),
    async find(secret) {
      const key = sessionKey(secret)
      const session = read(await store.get(key))
      if (session === null) return null
      const now = clock.now()
      if (now.getTime() - Date.parse(session.lastSeenAt) < NOTE_EVERY_MS) return { session, prolonged: false }
      const seen = { ...session, lastSeenAt: now.toISOString() }
      if (!(await store.renew(key, JSON.stringify(seen), SESSION_TTL_MS))) return null
      await store.setField(listKey(session.userId), session.id, key, SESSION_TTL_MS)
      return { session: seen, prolonged: true }
    },
    async list(userId) {
      const known = await store.fields(listKey(userId))
      const found = await Promise.all(
        Object.entries(known).map(async ([id, key]) => [id, read(await store.get(key))] as const)
      )
      await store.removeFields(
        listKey(userId),
        found.filter(([, session]) => session === null).map(([id]) => id)
      )
      return found
        .flatMap(([, session]) => (session === null ? [] : [session]))
        .sort((a, b) => b.lastSeenAt.localeCompare(a.lastSeenAt))
    },
    async end(userId, sessionId) {
      const key = (await store.fields(listKey(userId)))[sessionId]
      if (key === undefined) return false
      await store.remove([key])
      await store.removeFields(listKey(userId), [sessionId])
      return true
    },
    async endAll(userId) {
      const known = await store.fields(listKey(userId))
      await store.remove(Object.values(known))
      await store.removeFields(listKey(userId), Object.keys(known))
    }
  }
}

function sessionKey(secret: string): string {
  return secretKey('session', secret)
}
