import type { OwnIntegration } from '@leadlog/service'
import type { MeetingsConfig } from '../config.ts'
import type { ConnectedZoom } from './connect-zoom.ts'
import { zoomGrantRefused, zoomNotConnected } from '../errors.ts'

/** Zoom as it is set up. Reading the first host's own user is the harmless call. */
export function zoomIntegration(config: MeetingsConfig, zoom: ConnectedZoom | null): OwnIntegration {
  return {
    vendor: 'zoom',
    inUse: zoom !== null,
    because:
      zoom === null
        ? 'ZOOM_CLIENT_ID, ZOOM_CLIENT_SECRET, PUBLIC_URL or DATABASE_URL is not set'
        : 'Hosts connect with ConnectZoom; a test tells who is connected',
    address: zoom === null ? null : config.zoomApiUrl,
    secrets: ['ZOOM_CLIENT_ID', 'ZOOM_CLIENT_SECRET'],
    posts: false,
    ...(zoom === null ? {} : { circuit: () => zoom.circuit.state() }),
    call: async () => {
      const hosts = (await zoom?.connections.hosts()) ?? []
      const lost = hosts.filter(({ refused }) => refused)
      if (lost.length > 0) throw zoomGrantRefused(lost.map(({ email }) => email).join(', '))
      const [first] = hosts
      if (zoom === null || first === undefined) throw zoomNotConnected('Nobody')
      const client = zoom.clientWith(zoom.connections.token(first.email))
      try {
        const user = await client.user('me')
        return `Zoom knows ${user.name}; connected: ${hosts.map(({ email }) => email).join(', ')}`
      } finally {
        await client.close()
      }
    }
  }
}
