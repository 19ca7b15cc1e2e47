import { createHmac } from 'node:crypto'

/** Calendly's signature header over the exact bytes sent: `t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`. */
export const calendlySignature = (body: string, signingKey: string, at: Date): Record<string, string> => {
  const t = Math.floor(at.getTime() / 1000)
  const v1 = createHmac('sha256', signingKey).update(`${t}.${body}`).digest('hex')
  return { 'Calendly-Webhook-Signature': `t=${t},v1=${v1}` }
}
