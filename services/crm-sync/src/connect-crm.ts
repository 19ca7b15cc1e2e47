import { ERASED, PermanentError } from '@leadlog/contracts'
import type { TokenSeal } from '@leadlog/outbound'
import { vendorMetrics, type ServiceContext } from '@leadlog/service'
import { hubspotCredentials, objectKindsOf, zohoCredentials, type crmSyncConfig } from './config.ts'
import type { CrmConnection, CrmSurroundings } from './crm-connection.ts'
import type { CrmName } from './crm-provider.ts'
import { connectHubspot } from './hubspot/connect-hubspot.ts'
import { configuredMapping, fieldVariables } from './mapping/configured-mapping.ts'
import type { MappingDocument } from './mapping/mapping-document.ts'
import { configuredObjects, type ObjectMappings } from './object/configured-objects.ts'
import { connectZoho } from './zoho/connect-zoho.ts'

type Context = ServiceContext<typeof crmSyncConfig>

export interface ConnectedCrm extends CrmConnection {
  readonly document: MappingDocument
  /** Of the objects that are kept in the CRM. */
  readonly objects: ObjectMappings
  /** False where there are no credentials: a dry run that cannot read the CRM's fields. */
  readonly canRead: boolean
}

/** The key that access tokens in Redis are sealed under. */
const TOKEN_KEY_ID = 'vendor-tokens'

/**
 * The CRM that the settings name, with its mapping. Nothing is called yet.
 *
 * @throws PermanentError CRM_SYNC_MAPPING_INVALID that lists every problem of the settings
 */
export function connectCrm(context: Context): ConnectedCrm {
  const { config, logger, redis, metrics, clock, onStop } = context
  const crm = config.crmProvider
  const document = configuredMapping(config)
  const objects = configuredObjects({
    crm,
    kinds: objectKindsOf(config),
    variables: fieldVariables(config),
    ...(document.objects === undefined ? {} : { documents: document.objects })
  })
  const { onCallEnded, onCircuitChange, watchBudget } = vendorMetrics(metrics, crm)
  const surroundings: CrmSurroundings = {
    ratePerMinute: config.ratePerMinute,
    ratePerDay: config.ratePerDay,
    privateHosts: config.privateHosts,
    redis,
    seal: tokenSeal(crm, context.keyring),
    logger,
    clock: () => clock.now(),
    onCallEnded,
    onCircuitChange
  }
  const connected = crm === 'zoho' ? zoho(config, surroundings, document) : hubspot(config, surroundings, document)
  watchBudget(connected.budget)
  onStop(() => connected.close())
  return { ...connected, document, objects }
}

function zoho(config: Context['config'], surroundings: CrmSurroundings, mapping: MappingDocument) {
  const credentials = zohoCredentials(config)
  const connection = connectZoho({
    ...surroundings,
    dataCentre: config.zohoDc,
    accountsUrl: config.zohoAccountsUrl,
    apiUrl: config.zohoApiUrl,
    apiVersion: config.zohoApiVersion,
    credentials: credentials ?? { clientId: '', clientSecret: '', refreshToken: '' },
    mapping,
    timeoutMs: config.zohoTimeoutSeconds * 1000
  })
  return { ...connection, canRead: credentials !== undefined }
}

function hubspot(config: Context['config'], surroundings: CrmSurroundings, mapping: MappingDocument) {
  const credentials = hubspotCredentials(config)
  const connection = connectHubspot({
    ...surroundings,
    apiUrl: config.hubspotApiUrl,
    credentials: credentials ?? { kind: 'private-app', accessToken: '' },
    mapping,
    timeoutMs: config.hubspotTimeoutSeconds * 1000
  })
  return { ...connection, canRead: credentials !== undefined }
}

function tokenSeal(crm: CrmName, keyring: Context['keyring']): TokenSeal {
  const purpose = `${crm}-access-token`
  return {
    seal: (token) => keyring.seal(TOKEN_KEY_ID, token, purpose),
    open: async (sealed) => {
      const token = await keyring.open(TOKEN_KEY_ID, sealed, purpose)
      if (token === ERASED || typeof token !== 'string')
        throw new PermanentError('CRM_SYNC_TOKEN_UNREADABLE', 'The shared access token cannot be opened')
      return token
    }
  }
}
