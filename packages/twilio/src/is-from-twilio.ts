import { validateRequest, validateRequestWithBody } from 'twilio/lib/webhooks/webhooks.js'
import { formFields } from './form-fields.ts'

/** A request as far as its signature covers it. */
export interface SignedRequest {
  readonly method: string
  /** As configured at Twilio, letter for letter; see `requestUrl`. */
  readonly url: string
  readonly contentType: string | undefined
  readonly body: Buffer
  readonly signature: string
}

/**
 * Checks a signature with Twilio's own library against any of the tokens (two while one replaces the other). A form is
 * signed with its fields, a GET with its address alone, anything else by the hash of the body in `bodySHA256`.
 */
export function isFromTwilio(request: SignedRequest, authTokens: readonly string[]): boolean {
  return authTokens.some((token) => {
    try {
      return isSignedWith(token, request)
    } catch {
      // An address that cannot be parsed is not one that Twilio asked.
      return false
    }
  })
}

function isSignedWith(token: string, { method, url, contentType, body, signature }: SignedRequest): boolean {
  if (url.includes('bodySHA256=')) return validateRequestWithBody(token, signature, url, body.toString('utf8'))
  if (method === 'GET') return validateRequest(token, signature, url, {})
  const isForm = contentType?.toLowerCase().startsWith('application/x-www-form-urlencoded') === true
  if (!isForm && body.length > 0) return false
  return validateRequest(token, signature, url, formFields(body))
}
