import { boolean, integer, optionalSecret } from '@leadlog/service'

/** One mebibyte: larger than any JSON webhook of the providers here. */
const DEFAULT_BODY_LIMIT = 1_048_576

const enabled = (env: string, who: string) =>
  boolean(env, { description: `false: webhooks of ${who} are answered 404`, example: 'true', default: true })

/** The variables of the ingest service. */
export const ingestConfig = {
  calendlyEnabled: enabled('ENABLE_CALENDLY', 'Calendly'),
  readaiEnabled: enabled('ENABLE_READAI', 'Read.ai'),
  standardEnabled: enabled('ENABLE_STANDARD_WEBHOOKS', 'Standard Webhooks senders'),
  calendlySigningKey: optionalSecret('CALENDLY_SIGNING_KEY', {
    description: 'signing key of the Calendly webhook subscription; two, separated by a comma, while it rotates',
    example: 'cal_…'
  }),
  readaiSigningKey: optionalSecret('READAI_SIGNING_KEY', {
    description:
      'signing key of the Read.ai webhook in base64, as Read.ai shows it; two, separated by a comma, while it rotates',
    example: 'MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY='
  }),
  readaiSharedSecret: optionalSecret('READAI_SHARED_SECRET', {
    description: 'secret that a relay sends in X-ReadAI-Secret where it cannot sign',
    example: 'a long random text'
  }),
  standardWebhookSecrets: optionalSecret('STANDARD_WEBHOOK_SECRETS', {
    description: 'secrets of Standard Webhooks senders by source',
    example: 'shop=whsec_…,forms=whsec_…'
  }),
  bodyLimit: integer('INGEST_BODY_LIMIT', {
    description: 'largest JSON body in bytes; a larger one is answered 413',
    example: String(DEFAULT_BODY_LIMIT),
    default: DEFAULT_BODY_LIMIT,
    min: 1024,
    max: 67_108_864
  })
}

/** The secrets of a variable that may hold several while one replaces the other. */
export function rotatingSecrets(value: string | undefined): readonly string[] {
  return (value ?? '').split(',').flatMap((part) => (part.trim() === '' ? [] : [part.trim()]))
}

/** `source=secret,source=secret`; a source may come twice while its secret rotates. @returns the malformed parts too */
export function secretsBySource(value: string | undefined): { secrets: Map<string, string[]>; malformed: number } {
  const secrets = new Map<string, string[]>()
  let malformed = 0
  for (const part of rotatingSecrets(value)) {
    const at = part.indexOf('=')
    const source = part.slice(0, Math.max(at, 0))
    const secret = part.slice(at + 1)
    if (!/^[A-Za-z0-9_-]+$/.test(source) || !/^(whsec_)?[A-Za-z0-9+/]+=*$/.test(secret)) malformed += 1
    else secrets.set(source, [...(secrets.get(source) ?? []), secret])
  }
  return { secrets, malformed }
}
