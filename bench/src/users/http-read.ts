import { Agent, request } from 'node:http'

export interface ReadAnswer {
  readonly status: number
  readonly etag: string | undefined
  readonly bytes: number
  readonly ms: number
}

/** Browsers open six connections to a server. */
const CONNECTIONS = 6

/** The reads of one browser: connections that stay, and what it has is asked for by its tag, unless it forgets. */
export function createReader(base: string, headers: Readonly<Record<string, string>>, { forgets = false } = {}) {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const tags = new Map<string, string>()
  return {
    async read(address: string): Promise<ReadAnswer> {
      const tag = tags.get(address)
      const answer = await ask(new URL(address, base), agent, {
        ...headers,
        ...(tag === undefined ? {} : { 'if-none-match': tag })
      })
      if (answer.etag !== undefined && !forgets) tags.set(address, answer.etag)
      return answer
    },
    close: () => agent.destroy()
  }
}

function ask(url: URL, agent: Agent, headers: Readonly<Record<string, string>>): Promise<ReadAnswer> {
  const began = performance.now()
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, headers }, (answer) => {
      let bytes = 0
      answer.on('data', (part: Buffer) => (bytes += part.length))
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          etag: answer.headers.etag,
          bytes,
          ms: performance.now() - began
        })
      )
      answer.on('error', reject)
    })
    sent.on('error', reject)
    sent.end()
  })
}
