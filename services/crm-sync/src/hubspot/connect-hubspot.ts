import { createHash } from 'node:crypto'
import { createBudget, createCircuit, createVendorClient, type Budget } from '@leadlog/outbound'
import { noteCallEnded } from '../call-figures.ts'
import type { CrmConnection, CrmSurroundings } from '../crm-connection.ts'
import type { MappingDocument } from '../mapping/mapping-document.ts'
import { classifyTokenAnswer, oauthAccess, privateAppAccess, type HubspotCredentials } from './hubspot-access.ts'
import { createHubspotClient } from './hubspot-client.ts'
import { createHubspotProvider } from './hubspot-provider.ts'
import { classifyHubspotAnswer } from './request-failure.ts'

export interface HubspotConnectionOptions extends CrmSurroundings {
  /** HUBSPOT_API_URL where it is set. */
  readonly apiUrl: string | undefined
  readonly credentials: HubspotCredentials
  readonly mapping: MappingDocument
}

export const HUBSPOT_API_URL = 'https://api.hubapi.com'

/** What the smallest edition allows in any ten seconds. */
const TEN_SECONDS_LIMIT = 100
const TEN_SECONDS_IN_A_MINUTE = 6
/** The account's limit for searches is five a second, which no header tells; one after another this stays below it. */
const SEARCHES_PER_MINUTE = 240
/** What may go at once after a quiet time, as a part of a minute's calls. */
const BURST_SHARE = 0.25

/** One connection to a HubSpot account: token, budget, circuit and client, put together. Nothing is called yet. */
export function connectHubspot(options: HubspotConnectionOptions): CrmConnection {
  const { credentials, logger, clock, ratePerMinute, apiUrl = HUBSPOT_API_URL } = options
  const shared = {
    ...(options.redis === undefined ? {} : { redis: options.redis }),
    ...(options.keyPrefix === undefined ? {} : { keyPrefix: options.keyPrefix }),
    logger
  }
  const burst = burstOf(ratePerMinute)
  const budget = createBudget({
    vendor: 'hubspot',
    account: accountOf(credentials),
    perMinute: ratePerMinute + burst,
    burst,
    perDay: options.ratePerDay,
    ...(options.localShare === undefined ? {} : { localShare: options.localShare }),
    ...shared
  })
  const circuit = createCircuit({
    vendor: 'hubspot',
    logger,
    ...(options.onCircuitChange === undefined ? {} : { onChange: options.onCircuitChange })
  })
  const common = {
    baseUrl: apiUrl,
    privateHosts: options.privateHosts,
    logger,
    clock,
    ...(options.timeoutMs === undefined ? {} : { timeoutMs: options.timeoutMs })
  }
  const api = (within: Budget) =>
    createVendorClient({
      ...common,
      vendor: 'hubspot',
      budget: within,
      circuit,
      classify: classifyHubspotAnswer,
      onCallEnded: (call) => {
        noteCallEnded(call)
        options.onCallEnded?.(call)
      }
    })
  const http = api(budget)
  const searchBudget = createBudget({
    vendor: 'hubspot',
    account: `${accountOf(credentials)}-search`,
    perMinute: SEARCHES_PER_MINUTE,
    burst: 1,
    perDay: options.ratePerDay,
    ...(options.localShare === undefined ? {} : { localShare: options.localShare }),
    ...shared
  })
  const searchHttp = api(searchBudget)
  const tokenServer = createVendorClient({
    ...common,
    vendor: 'hubspot-oauth',
    classify: classifyTokenAnswer,
    ...(options.onCallEnded === undefined ? {} : { onCallEnded: options.onCallEnded })
  })
  const access =
    credentials.kind === 'private-app'
      ? privateAppAccess(credentials.accessToken)
      : oauthAccess(tokenServer, credentials, { ...shared, seal: options.seal, clock })
  const nameOf = (wanted: 'email' | 'leadId') =>
    options.mapping.fields.find(({ field }) => field === wanted)?.apiName ?? null
  const provider = createHubspotProvider({
    client: createHubspotClient(http, access),
    searchClient: createHubspotClient(searchHttp, access),
    identity: { key: nameOf('email') ?? 'email', email: nameOf('email') ?? 'email', ownId: nameOf('leadId') },
    now: () => clock().getTime()
  })
  return {
    provider,
    budget,
    circuit,
    async close() {
      budget.close()
      searchBudget.close()
      await Promise.all([http.close(), searchHttp.close(), tokenServer.close()])
    }
  }
}

/** A burst and what flows in the ten seconds after it stay below HubSpot's limit where the rate allows that at all. */
function burstOf(ratePerMinute: number): number {
  const room = TEN_SECONDS_LIMIT - Math.ceil(ratePerMinute / TEN_SECONDS_IN_A_MINUTE)
  return Math.max(1, Math.min(room, Math.round(ratePerMinute * BURST_SHARE)))
}

/** Tells accounts apart without telling who they are. */
function accountOf(credentials: HubspotCredentials): string {
  const name = credentials.kind === 'private-app' ? credentials.accessToken : credentials.clientId
  return createHash('sha256').update(`hubspot ${name}`).digest('hex').slice(0, 16)
}
