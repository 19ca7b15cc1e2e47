import { PermanentError, type Lane } from '@leadlog/contracts'
import type { VendorClient, VendorResponse } from '@leadlog/outbound'
import type RequestClient from 'twilio/lib/base/RequestClient.js'
import TwilioSdk from 'twilio/lib/rest/Twilio.js'

export type Sdk = InstanceType<typeof TwilioSdk>

interface SdkSetting {
  readonly accountSid: string
  readonly vendor: VendorClient
  readonly lane: Lane
}

/** What the SDK asks its HTTP client for. */
interface SdkRequest {
  readonly method: string
  readonly uri: string
  readonly headers?: Readonly<Record<string, string>>
  readonly params?: Readonly<Record<string, unknown>>
  readonly data?: Readonly<Record<string, unknown>>
}

const METHODS = { get: 'GET', post: 'POST', put: 'PUT', delete: 'DELETE' } as const

/**
 * Twilio's library over our client for vendors: the library writes and reads Twilio's shapes, ours sends them, with the
 * budget, the circuit and the word on whether a failed call may have been carried out. The host is the configured one,
 * whatever edge or region the environment names.
 */
export function openSdk({ accountSid, vendor, lane }: SdkSetting): Sdk {
  const httpClient = { request: (request: SdkRequest) => send(vendor, lane, request) }
  return new TwilioSdk(accountSid, 'sent by our own client', {
    edge: '',
    region: '',
    env: {},
    httpClient: httpClient as unknown as RequestClient
  })
}

async function send(
  vendor: VendorClient,
  lane: Lane,
  { method, uri, headers, params, data }: SdkRequest
): Promise<{ statusCode: number; body: unknown; headers: VendorResponse['headers'] }> {
  const url = new URL(uri)
  for (const [name, value] of fields(params)) url.searchParams.append(name, value)
  const verb = METHODS[method as keyof typeof METHODS]
  if (verb === undefined) throw new PermanentError('TWILIO_METHOD_UNKNOWN', `Twilio is not asked by ${method}.`)
  const response = await vendor.call({
    operation: operationOf(verb, url.pathname),
    method: verb,
    path: `${url.pathname}${url.search}`,
    ...(data === undefined ? {} : { body: new URLSearchParams(fields(data)) }),
    ...(headers?.['User-Agent'] === undefined ? {} : { headers: { 'user-agent': headers['User-Agent'] } }),
    lane
  })
  return { statusCode: response.status, body: response.json(), headers: response.headers }
}

/** As Twilio reads a form: a list is its key again and again, what is not given is left out. */
function fields(given: Readonly<Record<string, unknown>> | undefined): [string, string][] {
  return Object.entries(given ?? {}).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).flatMap((one: unknown): [string, string][] =>
      one === undefined || one === null ? [] : [[name, typeof one === 'string' ? one : JSON.stringify(one)]]
    )
  )
}

/** `get-calls`, `post-conferences-participants`: the path without its ids. */
function operationOf(verb: string, path: string): string {
  const names = path
    .replace(/\.json$/, '')
    .split('/')
    .slice(4)
    .filter((part) => part !== '' && !/^[A-Z]{2}[0-9a-zA-Z]{32}$/.test(part) && /^[A-Z][A-Za-z]+$/.test(part))
  return [verb, ...names].join('-').toLowerCase()
}
