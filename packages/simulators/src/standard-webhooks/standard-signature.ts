import { createHmac } from 'node:crypto'

const SECRET_PREFIX = 'whsec_'

/** The three headers of the Standard Webhooks specification; the part of the secret after `whsec_` is base64. */
export const standardSignature = (body: string, secret: string, id: string, at: Date): Record<string, string> => {
  const timestamp = String(Math.floor(at.getTime() / 1000))
  const encoded = secret.startsWith(SECRET_PREFIX) ? secret.slice(SECRET_PREFIX.length) : secret
  const mac = createHmac('sha256', Buffer.from(encoded, 'base64')).update(`${id}.${timestamp}.${body}`).digest('base64')
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${mac}` }
}
