import type { VendorClient, VendorResponse } from '@leadlog/outbound'
import Stripe from 'stripe'

const METHODS = { GET: 'GET', POST: 'POST', DELETE: 'DELETE' } as const

/** Headers that Stripe needs; the others the vendor client sets itself. */
const PASSED = ['authorization', 'stripe-version', 'idempotency-key', 'user-agent', 'content-type']

/**
 * Stripe's library over our client for vendors: the library writes and reads Stripe's shapes, ours sends them, with the circuit
 * and the word on whether a failed call may have been carried out. The library repeats nothing by itself.
 */
export function openSdk(secretKey: string, vendor: VendorClient): Stripe {
  return new Stripe(secretKey, {
    httpClient: new VendorHttpClient(vendor),
    maxNetworkRetries: 0,
    telemetry: false
  })
}

/** What the vendor client threw: the library wraps it. */
export async function unwrapped<T>(call: Promise<T>): Promise<T> {
  try {
    return await call
  } catch (error) {
    if (error instanceof Stripe.errors.StripeConnectionError && error.detail instanceof Error) throw error.detail
    throw error
  }
}

class VendorHttpClient extends Stripe.HttpClient {
  readonly #vendor: VendorClient

  constructor(vendor: VendorClient) {
    super()
    this.#vendor = vendor
  }

  override getClientName(): string {
    return 'leadlog'
  }

  override async makeRequest(
    _host: string,
    _port: string,
    path: string,
    method: string,
    headers: Readonly<Record<string, unknown>>,
    requestData: string
  ): Promise<VendorHttpResponse> {
    const verb = METHODS[method.toUpperCase() as keyof typeof METHODS]
    const response = await this.#vendor.call({
      operation: operationOf(verb, path),
      method: verb,
      path,
      lane: 'live',
      headers: passedOf(headers),
      ...(requestData === '' || verb === 'GET' ? {} : { body: new URLSearchParams(requestData) })
    })
    return new VendorHttpResponse(response)
  }
}

class VendorHttpResponse extends Stripe.HttpClientResponse {
  readonly #response: VendorResponse

  constructor(response: VendorResponse) {
    super(response.status, { ...response.headers })
    this.#response = response
  }

  override getRawResponse(): VendorResponse {
    return this.#response
  }

  override toStream(): never {
    throw new TypeError('nothing is streamed from Stripe')
  }

  override async toJSON(): Promise<unknown> {
    return this.#response.json()
  }
}

function passedOf(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      PASSED.includes(name.toLowerCase()) && typeof value === 'string' ? [[name.toLowerCase(), value]] : []
    )
  )
}

/** `post-checkout-sessions`: the path without its ids. */
function operationOf(verb: string, path: string): string {
  const names = (path.split('?')[0] ?? '')
    .split('/')
    .filter((part) => /^[a-z_]+$/.test(part) && !/^(cs|pi|cus|re)_/.test(part))
  return [verb, ...names].join('-').toLowerCase().replaceAll('_', '-')
}
