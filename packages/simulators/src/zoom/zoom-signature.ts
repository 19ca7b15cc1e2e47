import { createHmac } from 'node:crypto'

/** What Zoom puts beside a webhook: the time in seconds and an HMAC-SHA256 over `v0:<time>:<body>`. */
export const zoomSignature = (body: string, secret: string, now: Date): Record<string, string> => {
  const seconds = String(Math.floor(now.getTime() / 1000))
  const signature = createHmac('sha256', secret).update(`v0:${seconds}:${body}`).digest('hex')
  return { 'x-zm-request-timestamp': seconds, 'x-zm-signature': `v0=${signature}` }
}
