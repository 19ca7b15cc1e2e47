/** The secrets that Leadlog and its vendors share. */
export interface SimulatorSecrets {
  calendlySigningKey: string
  /** Base64, as Read.ai shows it. */
  readaiSigningKey: string
  readaiSharedSecret: string
  /** `whsec_…` by the name of the source. */
  standardWebhookSecrets: ReadonlyMap<string, string>
  zohoClientId: string
  zohoClientSecret: string
  zohoRefreshToken: string
  hubspotAccessToken: string
  hubspotClientId: string
  hubspotClientSecret: string
  hubspotRefreshToken: string
  geminiApiKey: string
  openaiApiKey: string
  /** Of a user who may list the whole organization. */
  calendlyApiToken: string
  readaiApiKey: string
  stripeSecretKey: string
  /** Signs what Stripe tells. */
  stripeWebhookSecret: string
  twilioAccountSid: string
  /** Signs what Twilio asks. */
  twilioAuthToken: string
  zoomClientId: string
  zoomClientSecret: string
  zoomAccountId: string
  /** Signs webhooks. */
  zoomWebhookSecret: string
}

export interface SimulatorConfig {
  host: string
  port: number
  /** Where mail is taken; nowhere where it is not set. */
  smtpPort: number | undefined
  /** File that keeps the vendors' state over restarts; memory only where it is not set. */
  stateFile: string | undefined
  /** Where ingest answers: Stripe's events go there; kept and not sent where it is not set. */
  ingestUrl: string | undefined
  secrets: SimulatorSecrets
}

type Environment = Readonly<Record<string, string | undefined>>

const DEFAULT_PORT = 8090

/** Secrets of the fictional accounts; good for the simulators only. */
const developmentSecrets = {
  CALENDLY_SIGNING_KEY: 'simulated-calendly-signing-key',
  READAI_SIGNING_KEY: 'c2ltdWxhdGVkLXJlYWRhaS1zaWduaW5nLWtleS0wMDE=',
  READAI_SHARED_SECRET: 'simulated-readai-shared-secret',
  STANDARD_WEBHOOK_SECRETS: 'partner=whsec_c2ltdWxhdGVkLXBhcnRuZXItc2VjcmV0LTAwMDE=',
  ZOHO_CLIENT_ID: '1000.SIMULATEDCLIENT',
  ZOHO_CLIENT_SECRET: 'simulated-zoho-client-secret',
  ZOHO_REFRESH_TOKEN: '1000.simulated.refreshtoken',
  HUBSPOT_ACCESS_TOKEN: 'pat-na1-simulated-access-token',
  HUBSPOT_CLIENT_ID: 'simulated-hubspot-client',
  HUBSPOT_CLIENT_SECRET: 'simulated-hubspot-client-secret',
  HUBSPOT_REFRESH_TOKEN: 'simulated-hubspot-refresh-token',
  GEMINI_API_KEY: 'simulated-gemini-key',
  OPENAI_API_KEY: 'simulated-openai-key',
  CALENDLY_API_TOKEN: 'simulated-calendly-token',
  READAI_API_KEY: 'simulated-readai-token',
  STRIPE_SECRET_KEY: 'sk_test_simulated_stripe_key_0001',
  STRIPE_WEBHOOK_SECRET: 'whsec_simulated_stripe_secret_0001',
  TWILIO_ACCOUNT_SID: 'AC00000000000000000000000000000001',
  TWILIO_AUTH_TOKEN: 'simulated-twilio-auth-token-0001',
  ZOOM_CLIENT_ID: 'SimulatedZoomClient',
  ZOOM_CLIENT_SECRET: 'simulated-zoom-client-secret',
  ZOOM_ACCOUNT_ID: 'AbCdEfGhIjKlMnOpQrStUv',
  ZOOM_WEBHOOK_SECRET: 'simulated-zoom-webhook-secret'
} as const

/** While a key rotates its variable holds two; the vendor signs with the first. */
const current = (keys: string): string => (keys.split(',')[0] ?? keys).trim()

const parseSources = (text: string): ReadonlyMap<string, string> => {
  const secrets = new Map<string, string>()
  for (const pair of text.split(',')) {
    const at = pair.indexOf('=')
    const source = pair.slice(0, Math.max(at, 0)).trim()
    if (source !== '' && !secrets.has(source)) secrets.set(source, pair.slice(at + 1).trim())
  }
  return secrets
}

const parsePort = <Usual extends number | undefined>(
  name: string,
  text: string | undefined,
  usual: Usual
): number | Usual => {
  if (text === undefined || text === '') return usual
  const port = Number(text)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`${name} must be a port number such as ${usual ?? 8091}, not "${text}".`)
  }
  return port
}

/** Reads the environment; unset secrets are those of the fictional accounts. */
export const readConfig = (environment: Environment = process.env): SimulatorConfig => {
  const secret = (name: keyof typeof developmentSecrets): string => {
    const given = environment[name]
    return given === undefined || given === '' ? developmentSecrets[name] : given
  }
  const stateFile = environment.SIMULATORS_STATE
  return {
    host: environment.HOST ?? '127.0.0.1',
    port: parsePort('SIMULATORS_PORT', environment.SIMULATORS_PORT, DEFAULT_PORT),
    smtpPort: parsePort('SIMULATORS_SMTP_PORT', environment.SIMULATORS_SMTP_PORT, undefined),
    stateFile: stateFile === '' ? undefined : stateFile,
    ingestUrl: environment.INGEST_URL === '' ? undefined : environment.INGEST_URL,
    secrets: {
      calendlySigningKey: current(secret('CALENDLY_SIGNING_KEY')),
      readaiSigningKey: current(secret('READAI_SIGNING_KEY')),
      readaiSharedSecret: secret('READAI_SHARED_SECRET'),
      standardWebhookSecrets: parseSources(secret('STANDARD_WEBHOOK_SECRETS')),
      zohoClientId: secret('ZOHO_CLIENT_ID'),
      zohoClientSecret: secret('ZOHO_CLIENT_SECRET'),
      zohoRefreshToken: secret('ZOHO_REFRESH_TOKEN'),
      hubspotAccessToken: secret('HUBSPOT_ACCESS_TOKEN'),
      hubspotClientId: secret('HUBSPOT_CLIENT_ID'),
      hubspotClientSecret: secret('HUBSPOT_CLIENT_SECRET'),
      hubspotRefreshToken: secret('HUBSPOT_REFRESH_TOKEN'),
      geminiApiKey: secret('GEMINI_API_KEY'),
      openaiApiKey: secret('OPENAI_API_KEY'),
      calendlyApiToken: secret('CALENDLY_API_TOKEN'),
      readaiApiKey: secret('READAI_API_KEY'),
      stripeSecretKey: secret('STRIPE_SECRET_KEY'),
      stripeWebhookSecret: current(secret('STRIPE_WEBHOOK_SECRET')),
      twilioAccountSid: secret('TWILIO_ACCOUNT_SID'),
      twilioAuthToken: current(secret('TWILIO_AUTH_TOKEN')),
      zoomClientId: secret('ZOOM_CLIENT_ID'),
      zoomClientSecret: secret('ZOOM_CLIENT_SECRET'),
      zoomAccountId: secret('ZOOM_ACCOUNT_ID'),
      zoomWebhookSecret: current(secret('ZOOM_WEBHOOK_SECRET'))
    }
  }
}
