import { createHmac } from 'node:crypto'

/** Read.ai's signature header: hex HMAC-SHA256 over the body, keyed by the base64-decoded signing key. */
export const readaiSignature = (body: string, signingKey: string): Record<string, string> => ({
  'X-Read-Signature': createHmac('sha256', Buffer.from(signingKey, 'base64')).update(body).digest('hex')
})

/** The header of relays that know a shared secret only, as for webhooks from before Read.ai signed. */
export const readaiSharedSecret = (secret: string): Record<string, string> => ({ 'X-ReadAI-Secret': secret })
