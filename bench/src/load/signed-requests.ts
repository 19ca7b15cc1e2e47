import { generateLoad } from '@leadlog/simulators'

export interface SignedRequestsOptions {
  readonly count: number
  /** Another seed gives other people, hence other webhooks. */
  readonly seed: string
}

/** Complete HTTP requests with unique Calendly bookings, signed now with the key of the simulated account. */
export function signedRequests({ count, seed }: SignedRequestsOptions): Buffer[] {
  const now = new Date()
  const requests: Buffer[] = []
  for (const delivery of generateLoad({ customers: count, seed, heldShare: 0, movedShare: 0 })) {
    const body = Buffer.from(delivery.body)
    const headers = { host: '127.0.0.1', ...delivery.headers(now), 'content-length': String(body.length) }
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    requests.push(Buffer.concat([Buffer.from(`POST ${delivery.path} HTTP/1.1\r\n${lines.join('')}\r\n`), body]))
  }
  return requests
}
