import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { readJson, writePrivateJson } from './private-file.ts'

/** Secrets by the name of their variable. */
export type LocalSecrets = Readonly<Record<string, string>>

const random = (encoding: BufferEncoding, bytes = 32): string => randomBytes(bytes).toString(encoding)

/** How each secret is made where there is none yet. The vendors' ones are shared with the simulators only. */
const MAKERS: Readonly<Record<string, () => string>> = {
  LEADLOG_MASTER_KEY: () => random('base64'),
  LEADLOG_API_KEY: () => `leadlog_${random('base64url', 24)}`,
  CALENDLY_SIGNING_KEY: () => random('base64url'),
  READAI_SIGNING_KEY: () => random('base64'),
  READAI_SHARED_SECRET: () => random('base64url'),
  STANDARD_WEBHOOK_SECRETS: () => `partner=whsec_${random('base64')}`,
  ZOHO_CLIENT_ID: () => `1000.${random('hex', 15).toUpperCase()}`,
  ZOHO_CLIENT_SECRET: () => random('hex', 21),
  ZOHO_REFRESH_TOKEN: () => `1000.${random('hex', 16)}.${random('hex', 16)}`,
  HUBSPOT_ACCESS_TOKEN: () => `pat-na1-${random('hex', 16)}`,
  GEMINI_API_KEY: () => random('base64url'),
  OPENAI_API_KEY: () => `sk-${random('base64url')}`,
  STRIPE_SECRET_KEY: () => `sk_test_${random('hex', 16)}`,
  STRIPE_WEBHOOK_SECRET: () => `whsec_${random('hex', 16)}`,
  TELEPHONY_WEBHOOK_SECRET: () => `whsec_${random('base64')}`,
  TWILIO_ACCOUNT_SID: () => `AC${random('hex', 16)}`,
  TWILIO_AUTH_TOKEN: () => random('hex', 16),
  ZOOM_WEBHOOK_SECRET: () => random('base64url', 16),
  ZOOM_CLIENT_ID: () => random('base64url', 16),
  ZOOM_CLIENT_SECRET: () => random('base64url', 24)
}

/** Made once and kept in the state folder: what is encrypted under the master key stays readable. */
export function keepLocalSecrets(state: string): LocalSecrets {
  const file = path.join(state, 'local.json')
  const kept = (readJson(file) ?? {}) as Record<string, string>
  const missing = Object.entries(MAKERS).filter(([name]) => kept[name] === undefined)
  if (missing.length === 0) return kept
  const all = { ...kept, ...Object.fromEntries(missing.map(([name, make]) => [name, make()])) }
  writePrivateJson(file, all)
  return all
}
