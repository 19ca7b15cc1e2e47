import { connect, createServer, type Socket } from 'node:net'
import type { TestContext } from '../test-context.ts'

/** Stands before a NATS server and says of it, where it is told to, that it is of another version. */
export interface AgeingProxy {
  readonly url: string
  /** What clients are told from their next connection on; null for the truth. Cuts those that there are. */
  pretend(version: string | null): void
}

/** A proxy for tests that rewrites the version in the greeting and passes everything else as it is. */
export async function ageingProxy(t: TestContext, serverUrl: string): Promise<AgeingProxy> {
  const { hostname, port: serverPort } = new URL(serverUrl)
  const clients = new Set<Socket>()
  let version: string | null = null
  const proxy = createServer((client) => {
    const server = connect(Number(serverPort), hostname)
    clients.add(client)
    const told = version
    let held = ''
    server.on('data', (data) => {
      if (told === null) return client.write(data)
      held += data.toString('latin1')
      // A greeting that is not whole yet waits for its end.
      if (/(^|\r\n)INFO \{[^\r]*$/.test(held)) return
      client.write(Buffer.from(aged(held, told), 'latin1'))
      held = ''
    })
    client.pipe(server)
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
  t.teardown(() => {
    for (const client of clients) client.destroy()
    proxy.close()
  })
  const address = proxy.address()
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0
  return {
    url: `nats://127.0.0.1:${String(port)}`,
    pretend(next) {
      version = next
      for (const client of clients) client.destroy()
    }
  }
}

/** The server greets at the beginning, and again when the client has said who it is. */
function aged(text: string, version: string): string {
  return text.replace(/(^|\r\n)(INFO \{[^\r]*?"version":)"[^"]*"/g, `$1$2"${version}"`)
}
