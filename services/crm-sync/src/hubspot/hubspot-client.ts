import type { Lane } from '@leadlog/contracts'
import type { VendorClient } from '@leadlog/outbound'
import { crmCall, type CallResult } from '../crm-call.ts'
import type { HubspotAccess } from './hubspot-access.ts'
import { hubspotErrors } from './hubspot-errors.ts'

export interface HubspotCall {
  readonly operation: string
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Behind the base URL, for example `/crm/v3/objects/contacts/batch/upsert`. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly json?: unknown
  /** A POST that only reads is made again when its answer was lost. Default: GET reads, all others write. */
  readonly effect?: 'read' | 'write'
  readonly lane: Lane
  readonly signal?: AbortSignal | undefined
}

export interface HubspotClient {
  /** Does not throw for what happens outside. */
  call(call: HubspotCall): Promise<CallResult>
}

const names = { vendor: 'HubSpot', unavailable: hubspotErrors.unavailable }

/** Calls HubSpot's API. `http` classifies with `classifyHubspotAnswer` and reports to `noteCallEnded`. */
export function createHubspotClient(http: VendorClient, access: HubspotAccess): HubspotClient {
  const send = ({ operation, method, path, query, json, effect, lane, signal }: HubspotCall, token: string) =>
    http.call({
      operation,
      method,
      path,
      ...(query === undefined ? {} : { query }),
      ...(json === undefined ? {} : { body: json }),
      ...(effect === undefined ? {} : { effect }),
      headers: { authorization: `Bearer ${token}` },
      lane,
      ...(signal === undefined ? {} : { signal })
    })

  return { call: (call) => crmCall(names, () => access.use((token) => send(call, token))) }
}
