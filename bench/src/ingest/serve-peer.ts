import type { FastifyInstance } from 'fastify'
import { serveWorker } from '../core/worker.ts'
import type { PeerOptions, PeerRequests } from './peer-requests.ts'
import { verifiedRoute, type VerifiedWebhook } from './verified-route.ts'

/** Where a compared route puts its webhooks. */
export interface PeerStore {
  /** @returns true when the webhook had been stored before */
  put(webhook: VerifiedWebhook): Promise<boolean>
  count(): Promise<number | null>
  close(): Promise<unknown>
}

/** Serves the route in a worker process on a free port. */
export function servePeer(open: (server: string) => Promise<PeerStore>): void {
  let app: FastifyInstance | undefined
  let store: PeerStore | undefined
  const requests: PeerRequests = {
    async start({ signingKey, server }: PeerOptions) {
      const opened = await open(server)
      store = opened
      app = verifiedRoute(signingKey, (webhook) => opened.put(webhook))
      const address = await app.listen({ host: '127.0.0.1', port: 0 })
      return { port: Number(new URL(address).port) }
    },
    stored: async () => (await store?.count()) ?? null
  }
  serveWorker(requests, async () => {
    await app?.close()
    await store?.close()
  })
}
