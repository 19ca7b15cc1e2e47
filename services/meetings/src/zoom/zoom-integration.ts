import type { OwnIntegration } from '@leadlog/service'
import type { MeetingsConfig } from '../config.ts'
import type { ConnectedZoom } from './connect-zoom.ts'
import { zoomGrantRefused, zoomNotConnected } from '../errors.ts'

/**
 * Zoom as it is set up. The harmless call reads the user of the first connected host; without one, a host of the account by
 * the account's own app.
 */
export function zoomIntegration(config: MeetingsConfig, zoom: ConnectedZoom | null): OwnIntegration {
  return {
    vendor: 'zoom',
    inUse: zoom !== null,
    because: becauseOf(zoom),
    address: zoom === null ? null : config.zoomApiUrl,
    secrets: [
      'ZOOM_CLIENT_ID',
      'ZOOM_CLIENT_SECRET',
      'ZOOM_ACCOUNT_ID',
      'ZOOM_SERVER_CLIENT_ID',
      'ZOOM_SERVER_CLIENT_SECRET'
    ],
    posts: false,
    ...(zoom === null ? {} : { circuit: () => zoom.circuit.state() }),
    call: async () => {
      if (zoom === null) throw zoomNotConnected('Nobody')
      const words: string[] = []
      if (zoom.account !== null) {
        // A token is given to the right credentials only; it names no user to be read.
        await zoom.account.use(
          () => Promise.resolve(),
          () => false
        )
        words.push('the account lets Leadlog act for its users')
      }
      const hosts = (await zoom.connections?.hosts()) ?? []
      const lost = hosts.filter(({ refused }) => refused)
      if (lost.length > 0) throw zoomGrantRefused(lost.map(({ email }) => email).join(', '))
      const [first] = hosts
      if (first !== undefined) {
        const { client, user } = await zoom.access.of(first.email)
        const { name } = await client.user(user)
        words.push(`Zoom knows ${name}; connected: ${hosts.map(({ email }) => email).join(', ')}`)
      }
      if (words.length === 0) throw zoomNotConnected('Nobody')
      return words.join('; ')
    }
  }
}

function becauseOf(zoom: ConnectedZoom | null): string {
  if (zoom === null)
    return 'ZOOM_CLIENT_ID, ZOOM_CLIENT_SECRET, DATABASE_URL, or both PUBLIC_URL and ZOOM_ACCOUNT_ID are not set'
  if (zoom.account === null) return 'Hosts connect with ConnectZoom; a test tells who is connected'
  if (zoom.connections === null) return 'ZOOM_ACCOUNT_ID: Leadlog acts for every host of the account'
  return 'Hosts who connected are served with their own permission, all others with ZOOM_ACCOUNT_ID'
}
