import { Type } from '@sinclair/typebox'

/** The vendors that are simulated; each is also the prefix of its routes. */
export const vendorNames = [
  'zoho-accounts',
  'zoho',
  'hubspot',
  'gemini',
  'openai',
  'slack',
  'calendly',
  'readai',
  'twilio',
  'zoom',
  'stripe'
] as const

export const VendorName = Type.Union(vendorNames.map((name) => Type.Literal(name)))

export type VendorName = (typeof vendorNames)[number]

/** What a vendor answers with: always text, because not every vendor speaks JSON. */
export interface VendorAnswer {
  status: number
  headers?: Record<string, string>
  body: string
}

/** An answer in JSON. */
export const jsonAnswer = (status: number, body: unknown, headers: Record<string, string> = {}): VendorAnswer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(body)
})

/** An answer in plain text. */
export const textAnswer = (status: number, body: string, headers: Record<string, string> = {}): VendorAnswer => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8', ...headers },
  body
})

/** An answer without a body. */
export const emptyAnswer = (status: number): VendorAnswer => ({ status, body: '' })
