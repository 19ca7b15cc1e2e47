import type { ObjectKind } from '@leadlog/contracts'
import {
  boolean,
  choice,
  integer,
  list,
  optionalSecret,
  optionalText,
  optionalUrl,
  text,
  variablesWithPrefix,
  type ConfigCheck,
  type ConfigOf,
  privateHosts
} from '@leadlog/service'
import type { HubspotCredentials } from './hubspot/hubspot-access.ts'
import type { ZohoCredentials } from './zoho/zoho-token.ts'

/** Zoho's limit is 250 calls a minute, HubSpot's smallest 100 in ten seconds; this much is sustained. */
const DEFAULT_RATE_PER_MINUTE = 200
const DEFAULT_RATE_PER_DAY = 25_000

/** 120 days: a webhook is recognised for 90, and a restored ledger looks back another 30. */
const DEFAULT_EFFECT_TTL_SECONDS = 10_368_000

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
    description:
      'true: what would be written to the CRM, done at Stripe, opened at Zoom or mailed is recorded or logged, nothing is sent',
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
  hubspotApiUrl: optionalUrl('HUBSPOT_API_URL', {
    description: "takes the place of HubSpot's API address",
    example: 'https://api.hubapi.com',
    protocols: ['https', 'http']
  }),
  hubspotAccessToken: optionalSecret('HUBSPOT_ACCESS_TOKEN', {
    description: 'access token of a private HubSpot app',
    example: 'pat-eu1-…'
  }),
  hubspotClientId: optionalSecret('HUBSPOT_CLIENT_ID', {
    description: 'client id of a HubSpot OAuth app, where there is no private app',
    example: '7fff1e36-2d40-4ae1-bbb1-5266d59564fb'
  }),
  hubspotClientSecret: optionalSecret('HUBSPOT_CLIENT_SECRET', {
    description: 'client secret of the HubSpot OAuth app',
    example: 'a1b2c3…'
  }),
  hubspotRefreshToken: optionalSecret('HUBSPOT_REFRESH_TOKEN', {
    description: 'refresh token that the HubSpot account gave the OAuth app',
    example: 'na1-…'
  }),
  hubspotTimeoutSeconds: integer('HUBSPOT_TIMEOUT_SECONDS', {
    description: 'how long an answer of HubSpot is waited for; after that the outcome is unknown and is looked up',
    example: '30',
    default: 30,
    min: 1,
    max: 300
  }),
  privateHosts,
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
  effectTtlSeconds: integer('CRM_EFFECT_TTL_SECONDS', {
    description:
      'how long the ledger remembers a write that is settled; after that a note of an older cause is looked up before it is written',
    example: String(DEFAULT_EFFECT_TTL_SECONDS),
    default: DEFAULT_EFFECT_TTL_SECONDS,
    min: 86_400,
    max: 315_360_000
  }),
  statusDemoBooked: status('STATUS_DEMO_BOOKED', 'Demo Booked'),
  statusDemoComplete: status('STATUS_DEMO_COMPLETE', 'Demo Complete'),
  statusDemoCanceled: status('STATUS_DEMO_CANCELED', 'Demo Canceled'),
  statusDemoNoShow: status('STATUS_DEMO_NO_SHOW', 'Demo No-show'),
  mappingFile: optionalText('CRM_MAPPING_FILE', {
    description: 'a JSON file with a mapping document that takes the place of the default one',
    example: '/etc/leadlog/mapping.json'
  }),
  objects: list('CRM_OBJECTS', {
    description:
      'what is kept in the CRM beside leads: contact, deal, task; the CRM needs a field with our key for each',
    example: 'contact,deal,task',
    default: []
  }),
  followUpTasks: boolean('ENABLE_FOLLOW_UP_TASKS', {
    description: 'true: what was agreed in a meeting becomes a task in the CRM; CRM_OBJECTS must name task',
    example: 'true',
    default: false
  }),
  followUpTaskDays: integer('FOLLOW_UP_TASK_DAYS', {
    description: 'how many days after the meeting such a task is due; a day of the weekend becomes Monday',
    example: '2',
    default: 2,
    min: 0,
    max: 365
  }),
  zohoFieldNames: variablesWithPrefix('ZCF_', {
    description: 'API name of a field in Zoho, for example ZCF_PAIN_POINTS; an empty one switches the field off',
    example: 'Pain_Points__c'
  }),
  hubspotFieldNames: variablesWithPrefix('HCF_', {
    description: 'name of a property in HubSpot, for example HCF_PAIN_POINTS; an empty one switches the field off',
    example: 'pain_points_v2'
  })
}

export type CrmSyncConfig = ConfigOf<typeof crmSyncConfig>

const objectKinds: readonly ObjectKind[] = ['contact', 'deal', 'task']
const zohoSecrets = ['zohoClientId', 'zohoClientSecret', 'zohoRefreshToken'] as const
const hubspotSecrets = ['hubspotClientId', 'hubspotClientSecret', 'hubspotRefreshToken'] as const

/** What a live sync cannot do without. */
export const checkCrmSync: ConfigCheck<typeof crmSyncConfig> = (config, report) => {
  for (const name of config.objects) {
    if (!isObjectKind(name)) report('objects', `names ${name}, which is none of ${objectKinds.join(', ')}`)
  }
  if (config.followUpTasks && !config.objects.includes('task')) {
    report('followUpTasks', 'is true, but tasks are not kept in the CRM. Add task to CRM_OBJECTS')
  }
  if (config.dryRun) return
  const missing = (name: (typeof zohoSecrets)[number] | (typeof hubspotSecrets)[number], needed: string) => {
    if (config[name] === undefined)
      report(name, `is missing (${crmSyncConfig[name].description}); needed since ${needed}`)
  }
  if (config.crmProvider === 'zoho') {
    for (const name of zohoSecrets) missing(name, 'DRY_RUN is false')
  } else if (config.hubspotAccessToken === undefined) {
    if (hubspotSecrets.every((name) => config[name] === undefined)) {
      const { description } = crmSyncConfig.hubspotAccessToken
      report(
        'hubspotAccessToken',
        `is missing (${description}); needed since DRY_RUN is false, or HUBSPOT_CLIENT_ID, HUBSPOT_CLIENT_SECRET and HUBSPOT_REFRESH_TOKEN of an OAuth app in its place`
      )
    } else {
      for (const name of hubspotSecrets) missing(name, 'the OAuth app is used where HUBSPOT_ACCESS_TOKEN is not set')
    }
  }
}

/** The kinds of objects that are kept in the CRM. */
export function objectKindsOf({ objects }: Pick<CrmSyncConfig, 'objects'>): ObjectKind[] {
  return objects.filter(isObjectKind)
}

const isObjectKind = (name: string): name is ObjectKind => objectKinds.some((kind) => kind === name)

/** Undefined where one of them is not set. */
export function zohoCredentials(config: CrmSyncConfig): ZohoCredentials | undefined {
  const { zohoClientId: clientId, zohoClientSecret: clientSecret, zohoRefreshToken: refreshToken } = config
  if (clientId === undefined || clientSecret === undefined || refreshToken === undefined) return undefined
  return { clientId, clientSecret, refreshToken }
}

/** A private app's token goes before an OAuth app; undefined where neither is whole. */
export function hubspotCredentials(config: CrmSyncConfig): HubspotCredentials | undefined {
  const { hubspotAccessToken: accessToken, hubspotClientId: clientId } = config
  const { hubspotClientSecret: clientSecret, hubspotRefreshToken: refreshToken } = config
  if (accessToken !== undefined) return { kind: 'private-app', accessToken }
  if (clientId === undefined || clientSecret === undefined || refreshToken === undefined) return undefined
  return { kind: 'oauth', clientId, clientSecret, refreshToken }
}
