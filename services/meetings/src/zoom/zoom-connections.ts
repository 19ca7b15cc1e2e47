import { createHash, randomBytes, randomUUID } from 'node:crypto'
import {
  derivedId,
  isEvent,
  newEvent,
  PermanentError,
  ZoomConnected,
  ZoomDisconnected,
  type Actor,
  type NewEvent,
  type RecordedEvent
} from '@leadlog/contracts'
import { causeOf, type Cause, type EventLog } from '@leadlog/event-log'
import type { SingleFlightToken } from '@leadlog/outbound'
import type { Clock, Logger } from '@leadlog/service'
import { authorizationUrl, newPkce, type GrantedTokens, type ZoomClient, type ZoomOauth } from '@leadlog/zoom'
import { zoomStateInvalid, zoomUserDiffers } from '../errors.ts'
import { hostToken } from './host-token.ts'
import { isConnected, zoomHostId, zoomHostRef } from './zoom-host.ts'
import type { ZoomGrants } from './zoom-grants.ts'

/** Connecting hosts with Zoom, and acting for them. */
export interface ZoomConnections {
  /** Where the host agrees, and until when. */
  begin(email: string): Promise<{ url: string; until: Date }>
  /**
   * The host agreed.
   *
   * @returns the host's address
   * @throws HttpProblem where the state is unknown, used or too old, or where another Zoom user agreed
   * @throws PermanentError `ZOOM_GRANT_REFUSED` for a code that Zoom does not take
   */
  finish(state: string, code: string): Promise<string>
  /** @returns whether there was a connection */
  disconnect(email: string, by: { cause: Cause; actor: Actor }): Promise<boolean>
  /**
   * Zoom told that a user, or their administrator, removed the app. Who agreed again since stays connected.
   *
   * @returns whether somebody is, or was, connected as this user
   */
  removedAtZoom(zoomUserId: string, at: string, webhook: RecordedEvent): Promise<boolean>
  token(email: string): Pick<SingleFlightToken, 'use'>
  /** How the host stands: `refused` where Zoom does not know the permission any more. */
  stateOf(email: string): Promise<'connected' | 'refused' | 'none'>
  hosts(): ReturnType<ZoomGrants['emails']>
}

export interface ZoomConnectionsOptions {
  readonly grants: ZoomGrants
  readonly oauth: ZoomOauth
  /** A client with a token that was just given. */
  readonly clientWith: (token: Pick<SingleFlightToken, 'use'>) => Pick<ZoomClient, 'user' | 'close'>
  readonly clientId: string
  readonly redirectUri: string
  readonly log: Pick<EventLog, 'load' | 'transact'>
  readonly clock: Clock
  readonly logger: Logger
}

/** Long enough to sign in at Zoom with a second factor. */
const AGREE_WITHIN_MS = 600_000
const STATE_BYTES = 32
const GRANT_REFUSED = 'MEETINGS_ZOOM_GRANT_REFUSED'

export function createZoomConnections(options: ZoomConnectionsOptions): ZoomConnections {
  const { grants, oauth, clientId, redirectUri, log, clock, logger } = options
  const now = (): number => clock.now().getTime()

  const record = async (
    email: string,
    by: { cause: Cause; actor: Actor },
    decide: (connected: boolean) => readonly NewEvent[]
  ): Promise<void> => {
    await log.transact({
      ...by,
      handler: 'meetings-zoom',
      load: [zoomHostRef(email)],
      decide: ([history]) => decide(isConnected(history?.events ?? []))
    })
  }

  const disconnected = (email: string, because: 'asked-here' | 'refused-by-zoom') => (connected: boolean) =>
    connected
      ? [
          newEvent(ZoomDisconnected, zoomHostId(email), {
            hostId: zoomHostId(email),
            email,
            because,
            at: clock.now().toISOString()
          })
        ]
      : []

  const token = (email: string): Pick<SingleFlightToken, 'use'> =>
    hostToken(email, {
      grants,
      oauth,
      now,
      logger,
      onRefused: (host) =>
        record(
          host,
          { cause: ownCause(host, 'zoom-refusal'), actor: 'provider:zoom' },
          disconnected(host, 'refused-by-zoom')
        )
    })

  /** With a token that is good: Zoom does not take back by one that has expired. */
  const takeBack = async (email: string): Promise<void> => {
    try {
      await token(email).use(
        ({ value }) => oauth.revoke(value),
        () => false
      )
    } catch (error) {
      if (!(error instanceof PermanentError) || error.code !== GRANT_REFUSED) throw error
    }
  }

  const ownCause = (email: string, what: string): Cause => {
    return { id: derivedId(what, email, randomUUID()), correlationId: zoomHostId(email) }
  }

  return {
    async begin(email) {
      const state = randomBytes(STATE_BYTES).toString('base64url')
      const { verifier, challenge } = newPkce()
      const until = new Date(now() + AGREE_WITHIN_MS)
      await grants.begin({ stateDigest: digestOf(state), email, verifier, until })
      const url = authorizationUrl({ oauthUrl: oauth.baseUrl, clientId, redirectUri, state, challenge })
      return { url, until }
    },

    async finish(state, code) {
      const begun = await grants.finish(digestOf(state))
      if (begun === null) throw zoomStateInvalid()
      const { email, verifier } = begun
      const tokens = await oauth.exchangeCode({ code, verifier, redirectUri })
      const client = options.clientWith(fixedToken(tokens))
      try {
        const user = await client.user('me')
        if (user.email !== email) {
          await oauth.revoke(tokens.value)
          throw zoomUserDiffers(email)
        }
        await grants.connect(email, user.id, tokens)
        await record(email, { cause: ownCause(email, 'zoom-agreement'), actor: 'provider:zoom' }, () => [
          newEvent(ZoomConnected, zoomHostId(email), {
            hostId: zoomHostId(email),
            email,
            zoomUserId: user.id,
            scope: tokens.scope,
            at: clock.now().toISOString()
          })
        ])
        return email
      } finally {
        await client.close()
      }
    },

    async disconnect(email, by) {
      const grant = await grants.find(email)
      // At Zoom first: what is forgotten here cannot be taken back there. Again it changes nothing.
      if (grant !== null && !grant.refused) await takeBack(email)
      await record(email, by, disconnected(email, 'asked-here'))
      await grants.remove(email)
      return grant !== null
    },

    async removedAtZoom(zoomUserId, at, webhook) {
      const email = await grants.emailOfUser(zoomUserId)
      if (email === null) return false
      const { events } = await log.load(zoomHostRef(email))
      const connected = events.findLast((event) => isEvent(event, ZoomConnected))
      if (connected !== undefined && Date.parse(connected.data.at) > Date.parse(at)) return false
      await record(email, { cause: causeOf(webhook), actor: 'provider:zoom' }, disconnected(email, 'refused-by-zoom'))
      const grant = await grants.find(email)
      if (grant !== null) await grants.refuse(grant)
      return true
    },

    token,

    async stateOf(email) {
      const found = (await grants.emails()).find((one) => one.email === email)
      return found === undefined ? 'none' : found.refused ? 'refused' : 'connected'
    },

    hosts: () => grants.emails()
  }
}

function digestOf(state: string): string {
  return createHash('sha256').update(state).digest('hex')
}

function fixedToken({ value, expiresInMs }: GrantedTokens): Pick<SingleFlightToken, 'use'> {
  return { use: (call) => call({ value, expiresAt: new Date(Date.now() + expiresInMs), details: {} }) }
}
