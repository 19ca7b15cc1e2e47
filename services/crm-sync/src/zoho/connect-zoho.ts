import { createHash } from 'node:crypto'
import { createBudget, createCircuit, createVendorClient, singleFlightToken } from '@leadlog/outbound'
import type { CrmConnection, CrmSurroundings } from '../crm-connection.ts'
import type { MappingDocument } from '../mapping/mapping-document.ts'
import { noteCallEnded } from '../call-figures.ts'
import { dataCentres, type ZohoDataCentre } from './data-centres.ts'
import { classifyZohoAnswer } from './request-failure.ts'
import { createZohoClient } from './zoho-client.ts'
import { createZohoProvider, type ZohoProviderOptions } from './zoho-provider.ts'
import { classifyTokenAnswer, requestZohoToken, type ZohoCredentials } from './zoho-token.ts'

export interface ZohoConnectionOptions extends CrmSurroundings {
  readonly dataCentre: ZohoDataCentre
  /** ZOHO_ACCOUNTS_URL where it is set: takes the place of the data centre's. */
  readonly accountsUrl: string | undefined
  /** ZOHO_API_URL where it is set: takes the place of the address that Zoho gives with each token. */
  readonly apiUrl: string | undefined
  /** For example `v8`. */
  readonly apiVersion: string
  readonly credentials: ZohoCredentials
  readonly mapping: MappingDocument
  readonly triggers?: ZohoProviderOptions['triggers']
}

/** What a minute may hold above the sustained rate: Zoho's limit of 250 against 200 sustained. */
const BURST_SHARE = 0.25

/** One connection to a Zoho account: token, budget, circuit and client, put together. Nothing is called yet. */
export function connectZoho(options: ZohoConnectionOptions): CrmConnection {
  const { credentials, apiVersion, mapping, logger, clock } = options
  const centre = dataCentres[options.dataCentre]
  const shared = {
    ...(options.redis === undefined ? {} : { redis: options.redis }),
    ...(options.keyPrefix === undefined ? {} : { keyPrefix: options.keyPrefix }),
    logger
  }
  const burst = Math.max(1, Math.round(options.ratePerMinute * BURST_SHARE))
  const budget = createBudget({
    vendor: 'zoho',
    account: accountOf(options.dataCentre, credentials),
    perMinute: options.ratePerMinute + burst,
    burst,
    perDay: options.ratePerDay,
    ...(options.localShare === undefined ? {} : { localShare: options.localShare }),
    ...shared
  })
  const circuit = createCircuit({
    vendor: 'zoho',
    logger,
    ...(options.onCircuitChange === undefined ? {} : { onChange: options.onCircuitChange })
  })
  const common = {
    logger,
    clock,
    privateHosts: options.privateHosts,
    ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs })
  }
  const accounts = createVendorClient({
    ...common,
    vendor: 'zoho-accounts',
    baseUrl: options.accountsUrl ?? centre.accountsUrl,
    classify: classifyTokenAnswer,
    ...(options.onCallEnded === undefined ? {} : { onCallEnded: options.onCallEnded })
  })
  const http = createVendorClient({
    ...common,
    vendor: 'zoho',
    baseUrl: options.apiUrl ?? centre.apiUrl,
    budget,
    circuit,
    classify: classifyZohoAnswer,
    onCallEnded: (call) => {
      noteCallEnded(call)
      options.onCallEnded?.(call)
    }
  })
  const token = singleFlightToken({
    ...shared,
    vendor: 'zoho',
    credentials: `${options.dataCentre} ${credentials.clientId} ${credentials.refreshToken}`,
    refresh: () => requestZohoToken(accounts, credentials),
    seal: options.seal,
    clock
  })
  const client = createZohoClient({ http, token, apiVersion, apiUrl: options.apiUrl, defaultApiUrl: centre.apiUrl })
  const provider = createZohoProvider({
    client,
    apiVersion,
    identityFields: identityFields(mapping),
    leadModule: mapping.module,
    ...(options.triggers === undefined ? {} : { triggers: options.triggers }),
    now: () => clock().getTime()
  })
  return {
    provider,
    budget,
    circuit,
    async close() {
      budget.close()
      await Promise.all([http.close(), accounts.close()])
    }
  }
}

function identityFields({ fields }: MappingDocument): readonly [string, ...string[]] {
  const nameOf = (wanted: 'email' | 'leadId') => fields.find(({ field }) => field === wanted)?.apiName
  const ownId = nameOf('leadId')
  return [nameOf('email') ?? 'Email', ...(ownId === undefined ? [] : [ownId])]
}

/** Tells accounts apart without telling who they are. */
function accountOf(dataCentre: ZohoDataCentre, { clientId }: ZohoCredentials): string {
  return createHash('sha256').update(`${dataCentre} ${clientId}`).digest('hex').slice(0, 16)
}
