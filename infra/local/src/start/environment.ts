import type { LocalSecrets } from './local-secrets.ts'

/** Where each vendor's client finds its simulator, by the name of its variable. */
const VENDOR_PATHS: Readonly<Record<string, string>> = {
  CALENDLY_API_URL: '/calendly',
  READAI_API_URL: '/readai',
  ZOHO_ACCOUNTS_URL: '/zoho-accounts',
  ZOHO_API_URL: '/zoho',
  HUBSPOT_API_URL: '/hubspot',
  GEMINI_API_URL: '/gemini',
  OPENAI_API_URL: '/openai',
  SLACK_WEBHOOK_URL: '/slack/services/T000/B000/local',
  TWILIO_API_URL: '/twilio',
  ZOOM_OAUTH_URL: '/zoom',
  ZOOM_API_URL: '/zoom',
  STRIPE_API_URL: '/stripe',
  VAPI_API_URL: '/vapi',
  FIRECRAWL_API_URL: '/firecrawl'
}

/** Good for the simulators only: with the real vendors, a source without a token of its own is not reconciled. */
const SIMULATED_TOKENS = {
  CALENDLY_API_TOKEN: 'simulated-calendly-token',
  READAI_API_KEY: 'simulated-readai-token'
}

/** The fictional team of the sample day, one in each role; their mail stays in the simulators' mailbox. */
const LOCAL_USERS = [
  'admin:dana.whitfield@leadlog.example',
  'manager:theo.brandt@leadlog.example',
  'user:noor.haddad@leadlog.example'
].join(',')

export interface SystemAddresses {
  natsUrl: string
  /** False where NATS was there already: then its setting is not ours to know. */
  natsSyncAlways: boolean
  databaseUrl: string
  redisUrl: string | undefined
  /** Undefined where the vendors are the environment's. */
  simulatorsUrl: string | undefined
  /** Where the simulators take mail; undefined where they do not run. */
  smtpUrl: string | undefined
  /** Where people reach the gateway; undefined where it does not run here. */
  gatewayUrl: string | undefined
  /** Where vendors reach ingest; undefined where it does not run here. */
  ingestUrl: string | undefined
  /** Where Twilio reaches telephony; undefined where it does not run here. */
  telephonyUrl: string | undefined
  /** Where a browser that comes back from Zoom reaches meetings; undefined where it does not run here. */
  meetingsUrl: string | undefined
  /** Where customers reach billing; undefined where it does not run here. */
  billingUrl: string | undefined
}

/** What every program of the system is started with. A variable that the person has set keeps its value. */
export function systemEnvironment(
  given: NodeJS.ProcessEnv,
  addresses: SystemAddresses,
  secrets: LocalSecrets
): NodeJS.ProcessEnv {
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined && value !== ''))
  return {
    NODE_ENV: 'production',
    LOG_LEVEL: 'info',
    LLM_PROVIDER: 'rules',
    CRM_PROVIDER: 'zoho',
    // Whose people the fictional team of the sample day are.
    OWN_DOMAINS: 'leadlog.example',
    ZOHO_DC: 'us',
    ...withoutFileTwins(secrets, set),
    ...(addresses.simulatorsUrl === undefined ? {} : simulated(addresses.simulatorsUrl)),
    ...(addresses.smtpUrl === undefined ? {} : { SMTP_URL: addresses.smtpUrl, ACCESS_USERS: LOCAL_USERS }),
    ...(addresses.natsSyncAlways ? { NATS_SYNC_ALWAYS: 'true' } : {}),
    ...(addresses.gatewayUrl === undefined ? {} : { GATEWAY_URL: addresses.gatewayUrl }),
    ...(addresses.ingestUrl === undefined ? {} : { INGEST_URL: addresses.ingestUrl }),
    ...(addresses.telephonyUrl === undefined ? {} : { TELEPHONY_URL: addresses.telephonyUrl }),
    ...(addresses.meetingsUrl === undefined ? {} : { MEETINGS_URL: addresses.meetingsUrl }),
    ...(addresses.billingUrl === undefined ? {} : { BILLING_URL: addresses.billingUrl }),
    ...set,
    NATS_URL: addresses.natsUrl,
    DATABASE_URL: addresses.databaseUrl,
    ...(addresses.redisUrl === undefined ? {} : { REDIS_URL: addresses.redisUrl })
  }
}

function simulated(url: string): NodeJS.ProcessEnv {
  const vendors = Object.entries(VENDOR_PATHS).map(([name, path]): [string, string] => [name, `${url}${path}`])
  return {
    ...Object.fromEntries(vendors),
    ...SIMULATED_TOKENS,
    OUTBOUND_PRIVATE_HOSTS: new URL(url).hostname,
    DRY_RUN: 'false',
    CRM_OBJECTS: 'contact,deal,task'
  }
}

/** A secret that comes from a file must not be hidden by the local one. */
function withoutFileTwins(secrets: LocalSecrets, set: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(secrets).filter(([name]) => set[`${name}_FILE`] === undefined))
}

/** Settings of the log that a person may have set and that whoever reads it must know too. */
const LOG_SETTINGS = [
  'NATS_PREFIX',
  'NATS_REPLICAS',
  'NATS_SYNC_ALWAYS',
  'EVENT_TTL_SECONDS',
  'IDEMPOTENCY_TTL_SECONDS'
]

/** How the services themselves run, which is no matter of who operates them. */
const OF_PROCESSES = ['LOG_LEVEL', 'NODE_ENV']

/** The part of the programs' environment that was made here or that says how the log is kept; for `leadlog`. */
export function settingsForOperators(environment: NodeJS.ProcessEnv, given: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(
      ([name, value]) => (value !== given[name] && !OF_PROCESSES.includes(name)) || LOG_SETTINGS.includes(name)
    )
  )
}
