import type { SingleFlightToken } from '@leadlog/outbound'
import type { ZoomClient } from '@leadlog/zoom'
import { zoomGrantRefused, zoomNotConnected } from '../errors.ts'
import type { ZoomConnections } from './zoom-connections.ts'

/** Zoom as it is to be asked for one host. */
export interface HostAccess {
  readonly client: ZoomClient
  /** How calls name the host: the account's own app knows no `me`. */
  readonly user: string
}

/**
 * Whose credentials act for which host. A host who connected is served with their own permission, and with nothing else: where they took it
 * back, nobody goes round them. Everybody else is served by the account's own app, where there is one.
 */
export interface ZoomAccess {
  /** @throws PermanentError MEETINGS_ZOOM_NOT_CONNECTED, MEETINGS_ZOOM_GRANT_REFUSED */
  of(hostEmail: string): Promise<HostAccess>
  /** The tokens that {@link of} calls with. @throws as it does */
  tokenOf(hostEmail: string): Promise<Pick<SingleFlightToken, 'use'>>
  /** Whether {@link of} gives something, as far as is known without asking Zoom. */
  isGiven(hostEmail: string): Promise<boolean>
  close(): Promise<void>
}

export function createZoomAccess(options: {
  readonly connections: Pick<ZoomConnections, 'token' | 'stateOf'> | null
  readonly account: Pick<SingleFlightToken, 'use'> | null
  readonly clientWith: (token: Pick<SingleFlightToken, 'use'>) => ZoomClient
}): ZoomAccess {
  const { connections, account, clientWith } = options
  const ofHosts = new Map<string, ZoomClient>()
  const ofAccount = account === null ? null : clientWith(account)
  const stateOf = async (email: string) => (await connections?.stateOf(email)) ?? 'none'

  const tokenOf = async (hostEmail: string): Promise<Pick<SingleFlightToken, 'use'>> => {
    const state = await stateOf(hostEmail)
    if (state === 'refused') throw zoomGrantRefused(hostEmail)
    if (state === 'connected' && connections !== null) return connections.token(hostEmail)
    if (account === null) throw zoomNotConnected(hostEmail)
    return account
  }

  return {
    tokenOf,

    async of(hostEmail) {
      const token = await tokenOf(hostEmail)
      if (token === account && ofAccount !== null) return { client: ofAccount, user: hostEmail }
      const client = ofHosts.get(hostEmail) ?? clientWith(token)
      ofHosts.set(hostEmail, client)
      return { client, user: 'me' }
    },

    async isGiven(hostEmail) {
      const state = await stateOf(hostEmail)
      return state === 'connected' || (state === 'none' && ofAccount !== null)
    },

    async close() {
      await Promise.all([...ofHosts.values(), ...(ofAccount === null ? [] : [ofAccount])].map((one) => one.close()))
    }
  }
}
