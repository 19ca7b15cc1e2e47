import type { TestContext } from '../test-context.ts'
import { tcpProxy } from './tcp-proxy.ts'

/** Stands before a NATS server and says of it, where it is told to, that it is of another version. */
export interface AgeingProxy {
  readonly url: string
  /** What clients are told from their next connection on; null for the truth. Cuts those that there are. */
  pretend(version: string | null): void
}

/** A proxy for tests that rewrites the version in the greeting and passes everything else as it is. */
export async function ageingProxy(t: TestContext, serverUrl: string): Promise<AgeingProxy> {
  let version: string | null = null
  const proxy = await tcpProxy(t, serverUrl, () => (version === null ? null : ageing(version)))
  return {
    url: `nats://127.0.0.1:${String(proxy.port)}`,
    pretend(next) {
      version = next
      proxy.cutAll()
    }
  }
}

/** The server greets at the beginning, and again when the client has said who it is. */
function ageing(version: string): (data: Buffer) => Buffer | null {
  let held = ''
  return (data) => {
    held += data.toString('latin1')
    // A greeting that is not whole yet waits for its end.
    if (/(^|\r\n)INFO \{[^\r]*$/.test(held)) return null
    const aged = held.replace(/(^|\r\n)(INFO \{[^\r]*?"version":)"[^"]*"/g, `$1$2"${version}"`)
    held = ''
    return Buffer.from(aged, 'latin1')
  }
}
