import { createHmac } from 'node:crypto'

/**
 * `X-Twilio-Signature`: base64 HMAC-SHA1 of the address and, for a form, every key in byte order followed by its decoded
 * value. Of a key that comes again each distinct value counts once, sorted.
 */
export const twilioSignature = (
  authToken: string,
  url: string,
  form: URLSearchParams = new URLSearchParams()
): string => {
  const keys = [...new Set(form.keys())].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
  const signed = keys.flatMap((key) => [...new Set(form.getAll(key))].sort().map((value) => `${key}${value}`))
  return createHmac('sha1', authToken)
    .update(Buffer.from(`${url.split('#')[0] ?? url}${signed.join('')}`, 'utf8'))
    .digest('base64')
}
