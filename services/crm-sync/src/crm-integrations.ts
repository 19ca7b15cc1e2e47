import type { OwnIntegration } from '@leadlog/service'
import type { CrmSyncConfig } from './config.ts'
import type { CrmName, CrmProvider } from './crm-provider.ts'
import { HUBSPOT_API_URL } from './hubspot/connect-hubspot.ts'
import { dataCentres } from './zoho/data-centres.ts'

const SECRETS: Readonly<Record<CrmName, readonly string[]>> = {
  zoho: ['ZOHO_CLIENT_ID', 'ZOHO_CLIENT_SECRET', 'ZOHO_REFRESH_TOKEN'],
  hubspot: ['HUBSPOT_ACCESS_TOKEN', 'HUBSPOT_CLIENT_ID', 'HUBSPOT_CLIENT_SECRET', 'HUBSPOT_REFRESH_TOKEN']
}

/** The CRMs as they are set up. Reading the fields of the leads' module is the harmless call. */
export function crmIntegrations(parts: {
  readonly config: CrmSyncConfig
  readonly provider: Pick<CrmProvider, 'fieldMetadata'>
  readonly module: string
  readonly canRead: boolean
  readonly circuit: () => string
}): OwnIntegration[] {
  const { config, provider, module, canRead, circuit } = parts
  const inUse = config.crmProvider
  const addresses = {
    zoho: config.zohoApiUrl ?? dataCentres[config.zohoDc].apiUrl,
    hubspot: config.hubspotApiUrl ?? HUBSPOT_API_URL
  }
  return (['zoho', 'hubspot'] as const).map((crm): OwnIntegration => {
    const isThis = crm === inUse
    return {
      vendor: crm,
      inUse: isThis && canRead,
      because: isThis ? reasonOf(config, canRead) : `CRM_PROVIDER is ${inUse}`,
      address: isThis ? addresses[crm] : null,
      secrets: [...SECRETS[crm]],
      posts: false,
      ...(isThis ? { circuit } : {}),
      call: async ({ signal }) => {
        const fields = await provider.fieldMetadata(module, { lane: 'person', signal, maxAgeMs: 0 })
        return `The module ${module} has ${String(fields.length)} fields`
      }
    }
  })
}

function reasonOf({ dryRun }: CrmSyncConfig, canRead: boolean): string {
  if (!canRead) return 'Its credentials are not set'
  return dryRun
    ? 'DRY_RUN: its fields are read, nothing is written'
    : 'Leads, notes and what belongs to them are written'
}
