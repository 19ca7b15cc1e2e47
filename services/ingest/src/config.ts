import { boolean, choice, integer, optionalSecret, privateHosts, rotatingSecrets, url } from '@leadlog/service'

/** One mebibyte: larger than any JSON webhook of the providers here. */
const DEFAULT_BODY_LIMIT = 1_048_576

const enabled = (env: string, who: string) =>
  boolean(env, { description: `false: webhooks of ${who} are answered 404`, example: 'true', default: true })

/** The variables of the ingest service. */
export const ingestConfig = {
  calendlyEnabled: enabled('ENABLE_CALENDLY', 'Calendly'),
  readaiEnabled: enabled('ENABLE_READAI', 'Read.ai'),
  standardEnabled: enabled('ENABLE_STANDARD_WEBHOOKS', 'Standard Webhooks senders'),
  twilioEnabled: enabled('ENABLE_TWILIO', 'Twilio'),
  zoomEnabled: enabled('ENABLE_ZOOM', 'Zoom'),
  stripeEnabled: enabled('ENABLE_STRIPE', 'Stripe'),
  zoomWebhookSecret: optionalSecret('ZOOM_WEBHOOK_SECRET', {
    description:
      'secret token of the Zoom app, which signs its webhooks; two, separated by a comma, while it rotates, the one in force first',
    example: 'as the Zoom Marketplace shows it'
  }),
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
  twilioAuthToken: optionalSecret('TWILIO_AUTH_TOKEN', {
    description: 'token of the Twilio account, which signs its callbacks; two, separated by a comma, while it rotates',
    example: '32 hexadecimal digits'
  }),
  stripeWebhookSecret: optionalSecret('STRIPE_WEBHOOK_SECRET', {
    description: 'signing secret of the endpoint at Stripe; two, separated by a comma, while it rotates',
    example: 'whsec_…'
  }),
  standardWebhookSecrets: optionalSecret('STANDARD_WEBHOOK_SECRETS', {
    description: 'secrets of Standard Webhooks senders by source',
    example: 'shop=whsec_…,forms=whsec_…'
  }),
  privateHosts,
  calendlyApiUrl: url('CALENDLY_API_URL', {
    description: "address of Calendly's API, which reconciliations list",
    example: 'https://api.calendly.com',
    default: 'https://api.calendly.com',
    protocols: ['https', 'http']
  }),
  calendlyApiToken: optionalSecret('CALENDLY_API_TOKEN', {
    description: 'personal access token of Calendly; without it Calendly is not reconciled',
    example: 'eyJ…'
  }),
  calendlyApiScope: choice('CALENDLY_API_SCOPE', {
    description: 'whose bookings are reconciled: as the webhook subscription, of the organization or of the one user',
    example: 'organization',
    default: 'organization',
    values: ['organization', 'user']
  }),
  calendlyRatePerMinute: integer('CALENDLY_RATE_PER_MINUTE', {
    description: 'calls to Calendly in any minute; a paid user may make 500',
    example: '250',
    default: 250,
    min: 1,
    max: 10_000
  }),
  readaiApiUrl: url('READAI_API_URL', {
    description: "address of Read.ai's API, which reconciliations list",
    example: 'https://api.read.ai',
    default: 'https://api.read.ai',
    protocols: ['https', 'http']
  }),
  readaiApiKey: optionalSecret('READAI_API_KEY', {
    description: 'access token of Read.ai; without it Read.ai is not reconciled',
    example: 'a token with the scope meeting:read'
  }),
  readaiRatePerMinute: integer('READAI_RATE_PER_MINUTE', {
    description: 'calls to Read.ai in any minute; a user may make 100',
    example: '80',
    default: 80,
    min: 1,
    max: 10_000
  }),
  reconcileEveryMinutes: integer('RECONCILE_EVERY_MINUTES', {
    description:
      'how often webhooks are compared with what the provider lists, where its token is set; 0: on command only',
    example: '60',
    default: 60,
    min: 0,
    max: 10_080
  }),
  reconcileWindowHours: integer('RECONCILE_WINDOW_HOURS', {
    description: 'how far back a reconciliation on schedule looks',
    example: '72',
    default: 72,
    min: 1,
    max: 2_000
  }),
  reconcileHorizonDays: integer('RECONCILE_HORIZON_DAYS', {
    description: 'how far ahead meetings can be booked in Calendly; bookings of later meetings are not looked at',
    example: '90',
    default: 90,
    min: 1,
    max: 730
  }),
  bodyLimit: integer('INGEST_BODY_LIMIT', {
    description: 'largest JSON body in bytes; a larger one is answered 413',
    example: String(DEFAULT_BODY_LIMIT),
    default: DEFAULT_BODY_LIMIT,
    min: 1024,
    max: 67_108_864
  })
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
