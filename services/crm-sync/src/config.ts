import {
  boolean,
  choice,
  integer,
  optionalSecret,
  optionalText,
  optionalUrl,
  text,
  variablesWithPrefix,
  type ConfigCheck,
  type ConfigOf
} from '@leadlog/service'

/** Zoho's limit is 250 calls a minute; this much is sustained. */
const DEFAULT_RATE_PER_MINUTE = 200
const DEFAULT_RATE_PER_DAY = 25_000

const status = (env: string, name: string) =>
  text(env, { description: 'name of the status in the CRM', example: name, default: name })

/** The variables of the CRM sync. */
export const crmSyncConfig = {
  enabled: boolean('ENABLE_CRM_SYNC', {
    description:
      'false: nothing is written to the CRM; what changes waits in the log and is written when it is true again',
    example: 'true',
    default: true
  }),
  crmProvider: choice('CRM_PROVIDER', {
    description: 'which CRM is kept in step',
    example: 'zoho',
    default: 'zoho',
    values: ['zoho', 'hubspot']
  }),
  dryRun: boolean('DRY_RUN', {
    description: 'true: what would be written to the CRM is recorded and shown, nothing is sent',
    example: 'false',
    default: true
  }),
  zohoDc: choice('ZOHO_DC', {
    description: 'data centre of the Zoho account',
    example: 'eu',
    default: 'us',
    values: ['us', 'eu', 'in', 'au', 'jp', 'ca', 'sa', 'cn']
  }),
  zohoAccountsUrl: optionalUrl('ZOHO_ACCOUNTS_URL', {
    description: "takes the place of the data centre's accounts server",
    example: 'https://accounts.zoho.eu',
    protocols: ['https', 'http']
  }),
  zohoApiUrl: optionalUrl('ZOHO_API_URL', {
    description: 'takes the place of the API address that Zoho gives with each token',
    example: 'https://www.zohoapis.eu',
    protocols: ['https', 'http']
  }),
  zohoApiVersion: choice('ZOHO_API_VERSION', {
    description: "version of Zoho's API",
    example: 'v8',
    default: 'v8',
    values: ['v2', 'v3', 'v4', 'v5', 'v6', 'v7', 'v8']
  }),
  zohoClientId: optionalSecret('ZOHO_CLIENT_ID', {
    description: 'client id of the Zoho API client',
    example: '1000.ABCDEF'
  }),
  zohoClientSecret: optionalSecret('ZOHO_CLIENT_SECRET', {
    description: 'client secret of the Zoho API client',
    example: 'a1b2c3…'
  }),
  zohoRefreshToken: optionalSecret('ZOHO_REFRESH_TOKEN', {
    description: 'refresh token with the scopes ZohoCRM.modules.ALL and ZohoCRM.settings.ALL',
    example: '1000.abc….def…'
  }),
  zohoTimeoutSeconds: integer('ZOHO_TIMEOUT_SECONDS', {
    description: 'how long an answer of Zoho is waited for; after that the outcome is unknown and is looked up',
    example: '30',
    default: 30,
    min: 1,
    max: 300
  }),
  ratePerMinute: integer('CRM_RATE_PER_MINUTE', {
    description: 'calls of the CRM a minute, over all processes',
    example: String(DEFAULT_RATE_PER_MINUTE),
    default: DEFAULT_RATE_PER_MINUTE,
    min: 1,
    max: 100_000
  }),
  ratePerDay: integer('CRM_RATE_PER_DAY', {
    description: 'calls of the CRM a day, over all processes',
    example: String(DEFAULT_RATE_PER_DAY),
    default: DEFAULT_RATE_PER_DAY,
    min: 1,
    max: 10_000_000
  }),
  effectLeaseSeconds: integer('CRM_EFFECT_LEASE_SECONDS', {
    description:
      'how long a write that was begun may be silent before its process is taken for dead and the write is looked up',
    example: '60',
    default: 60,
    min: 2,
    max: 3_600
  }),
  statusDemoBooked: status('STATUS_DEMO_BOOKED', 'Demo Booked'),
  statusDemoComplete: status('STATUS_DEMO_COMPLETE', 'Demo Complete'),
  statusDemoCanceled: status('STATUS_DEMO_CANCELED', 'Demo Canceled'),
  statusDemoNoShow: status('STATUS_DEMO_NO_SHOW', 'Demo No-show'),
  mappingFile: optionalText('CRM_MAPPING_FILE', {
    description: 'a JSON file with a mapping document that takes the place of the default one',
    example: '/etc/leadlog/mapping.json'
  }),
  fieldNames: variablesWithPrefix('ZCF_', {
    description: 'API name of a field in the CRM, for example ZCF_PAIN_POINTS; an empty one switches the field off',
    example: 'Pain_Points__c'
  })
}

/** What a live sync cannot do without. */
export const checkCrmSync: ConfigCheck<typeof crmSyncConfig> = (config, report) => {
  if (config.crmProvider !== 'zoho') report('crmProvider', 'hubspot is not supported yet; use zoho')
  if (config.dryRun) return
  for (const name of ['zohoClientId', 'zohoClientSecret', 'zohoRefreshToken'] as const) {
    if (config[name] === undefined)
      report(name, `is missing (${crmSyncConfig[name].description}); needed since DRY_RUN is false`)
  }
}

export type CrmSyncConfig = ConfigOf<typeof crmSyncConfig>
