import { connect, createServer, type Socket } from 'node:net'
import type { TestContext } from '../test-context.ts'

/** Stands before a server and passes on what is said, until it is told to cut. */
export interface TcpProxy {
  readonly port: number
  /** Connections through it that are open. */
  connections(): number
  /** Ends every connection through it. */
  cutAll(): void
  /** The same with a reset, as a failing network does. */
  resetAll(): void
}

/**
 * A proxy for tests; ends with the test.
 *
 * @param rewriter called for each new connection, gives what rewrites the server's words; null passes them on as they are
 */
export async function tcpProxy(
  t: TestContext,
  serverUrl: string,
  rewriter: () => ((data: Buffer) => Buffer | null) | null = () => null
): Promise<TcpProxy> {
  const { hostname, port: serverPort } = new URL(serverUrl)
  const clients = new Set<Socket>()
  const proxy = createServer((client) => {
    const server = connect(Number(serverPort), hostname)
    clients.add(client)
    const rewrite = rewriter()
    client.pipe(server)
    if (rewrite === null) server.pipe(client)
    else
      server.on('data', (data) => {
        const rewritten = rewrite(data)
        if (rewritten !== null) client.write(rewritten)
      })
    for (const socket of [client, server]) {
      socket.on('error', () => undefined)
      socket.on('close', () => {
        clients.delete(client)
        client.destroy()
        server.destroy()
      })
    }
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const cutAll = () => {
    for (const client of clients) client.destroy()
  }
  t.teardown(() => {
    cutAll()
    proxy.close()
  })
  const address = proxy.address()
  return {
    port: typeof address === 'object' ? (address?.port ?? 0) : 0,
    connections: () => clients.size,
    cutAll,
    resetAll() {
      for (const client of clients) client.resetAndDestroy()
    }
  }
}
