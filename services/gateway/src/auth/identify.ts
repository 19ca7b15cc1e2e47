import type { Role } from '@leadlog/contracts'
import type { ApiKeyBook } from '../api-keys/api-key-book.ts'
import type { Cookies } from '../sessions/cookies.ts'
import { SESSION_TTL_MS, type Sessions } from '../sessions/sessions.ts'
import type { Tokens } from '../tokens/tokens.ts'
import type { User } from '../users/user.ts'
import { isPanelToken, type PanelSessions } from '../panel/panel-sessions.ts'
import { signedInUserOf } from '../users/user.schema.ts'
import type { UserBook } from '../users/user-book.ts'
import type { BootstrapKey } from './api-key.ts'
import type { Identify } from './auth.plugin.ts'
import { SCOPES, type Client, type Scope } from './client.ts'

const BEARER = /^Bearer ([\x21-\x7e]{1,4096})$/i

const SCOPES_OF: Readonly<Record<Role, ReadonlySet<Scope>>> = {
  admin: new Set(SCOPES),
  manager: new Set(['read', 'personal', 'command']),
  user: new Set(['read'])
}

/** Keys from headers, people from cookies. What a person may do is looked up for each request, so that it is never old. */
export function createIdentify(options: {
  bootstrapKey: BootstrapKey
  apiKeys: Pick<ApiKeyBook, 'identify'>
  tokens: Pick<Tokens, 'identify'>
  sessions: Sessions
  users: UserBook
  cookies: Cookies
  panel: Pick<PanelSessions, 'find'>
}): Identify {
  const { bootstrapKey, apiKeys, tokens, sessions, users, cookies, panel } = options
  const byHeader: Identify['byHeader'] = async (authorization) => {
    const given = BEARER.exec(authorization)?.[1]
    if (given === undefined) return null
    if (isPanelToken(given)) return byPanel(given)
    return bootstrapKey.identify(given) ?? (await apiKeys.identify(given)) ?? (await tokens.identify(given))
  }
  const byPanel = async (token: string): Promise<Client | null> => {
    const found = await panel.find(token)
    if (found === null) return null
    const { user, meetingUuid } = found
    const client = clientOf(user, '')
    return {
      ...client,
      via: 'panel',
      scopes: new Set(),
      commandServices: new Set(),
      session: null,
      panel: { user: signedInUserOf(user), meetingUuid }
    }
  }
  return {
    byHeader,
    async byCookie(request, reply) {
      const secret = cookies.read(request, 'session')
      if (secret === undefined) return null
      const found = await sessions.find(secret)
      const user = found && (await users.find(found.session.userId))
      if (found === null || user === null || user.disabled) {
        cookies.clear(reply, 'session')
        return null
      }
      if (found.prolonged) cookies.set(reply, 'session', secret, SESSION_TTL_MS)
      return clientOf(user, found.session.id)
    },
    async again({ session }, authorization) {
      if (session === null) return authorization === undefined ? null : byHeader(authorization)
      const [lasting, user] = await Promise.all([sessions.list(session.user.id), users.find(session.user.id)])
      if (user === null || user.disabled || !lasting.some(({ id }) => id === session.id)) return null
      return clientOf(user, session.id)
    }
  }
}

function clientOf(user: User, sessionId: string): Client {
  const { id, email, role } = user
  return {
    actor: `user:${id}`,
    via: 'session',
    scopes: SCOPES_OF[role],
    commandServices: role === 'user' ? new Set() : 'all',
    reads: role === 'admin' ? { reads: 'admin' } : role === 'manager' ? { reads: 'all' } : { reads: 'own', email },
    session: { id: sessionId, user: signedInUserOf(user) }
  }
}
