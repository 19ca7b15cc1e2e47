import type { FastifyRequest } from 'fastify'
import { formFields, isFromTwilio, oneValueEach, requestUrl } from '@leadlog/twilio'
import { requestInvalid, signatureInvalid, signatureMissing, tokenNotConfigured } from '../errors.ts'

/** A request of Twilio about a call, after its signature was found right. */
export interface VerifiedRequest {
  readonly fields: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly callSid: string
}

interface Signing {
  readonly authTokens: readonly string[]
  readonly publicUrl: string | undefined
}

/** @throws HttpProblem 403 for anybody but Twilio, 503 while there is no token, 400 for what is about no call */
export function verifiedRequest(request: FastifyRequest, { authTokens, publicUrl }: Signing): VerifiedRequest {
  if (authTokens.length === 0) throw tokenNotConfigured()
  const signature = request.headers['x-twilio-signature']
  if (typeof signature !== 'string' || signature === '') throw signatureMissing()
  const url = requestUrl(publicUrl, request.url, request.headers.host)
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
  const signed = { method: request.method, url, contentType: request.headers['content-type'], body, signature }
  if (!isFromTwilio(signed, authTokens)) throw signatureInvalid(url)
  const fields = oneValueEach(formFields(body))
  const callSid = fields['CallSid'] ?? ''
  if (!/^[A-Za-z0-9]{1,64}$/.test(callSid)) throw requestInvalid('CallSid')
  return { fields, query: new URL(url).searchParams, callSid }
}
