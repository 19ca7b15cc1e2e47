import type { Lane } from '@leadlog/contracts'
import type { VendorClient } from '@leadlog/outbound'

/** The account itself, as Twilio keeps it. */
export interface TwilioAccount {
  readonly friendlyName: string
  readonly status: 'active' | 'suspended' | 'closed'
  /** A trial account calls and writes to verified numbers only. */
  readonly type: 'Trial' | 'Full'
}

interface AccountRequest {
  readonly accountSid: string
  readonly lane: Lane
  readonly signal: AbortSignal
}

/** Asked without Twilio's library, which cannot be told to stop. What is answered holds the token; nothing of that is kept. */
export async function readAccount(
  vendor: VendorClient,
  { accountSid, ...rest }: AccountRequest
): Promise<TwilioAccount> {
  const path = `/2010-04-01/Accounts/${accountSid}.json`
  const response = await vendor.call({ operation: 'get-account', method: 'GET', path, ...rest })
  const { friendly_name, status, type } = response.json() as {
    friendly_name: string
    status: TwilioAccount['status']
    type: TwilioAccount['type']
  }
  return { friendlyName: friendly_name, status, type }
}
