import type { Circuit } from '@leadlog/outbound'
import type { ConfigOf, OwnIntegration } from '@leadlog/service'
import type { StripeClient } from '@leadlog/stripe'
import type { billingConfig } from '../config.ts'

/** The account as it is set up. A test reads whose the key is, which costs nothing and moves nothing. */
export function stripeIntegration(
  {
    stripeSecretKey: key,
    stripeApiUrl,
    dryRun
  }: Pick<ConfigOf<typeof billingConfig>, 'stripeSecretKey' | 'stripeApiUrl' | 'dryRun'>,
  connected: { readonly stripe: Pick<StripeClient, 'account'>; readonly circuit: Circuit } | null
): OwnIntegration {
  const off = 'STRIPE_SECRET_KEY is not set: invoices have no link to pay them, and nothing is refunded'
  const mode = key === undefined ? null : modeOf(key)
  return {
    vendor: 'stripe',
    inUse: connected !== null,
    because: mode === null ? off : reasonOf(mode, dryRun),
    address: connected === null ? null : stripeApiUrl,
    // ingest holds the second: without it nothing is known of what was paid.
    secrets: ['STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET'],
    posts: false,
    ...(connected === null ? {} : { circuit: () => connected.circuit.state() }),
    call: async () => {
      if (connected === null) throw new Error(off)
      const { id, name, takesCharges } = await connected.stripe.account()
      const whose = name === null ? `Account ${id}` : `Account ${id} ("${name}")`
      const open = takesCharges
        ? 'may take payments'
        : 'may not take payments yet: complete it in the dashboard of Stripe'
      return `${whose} in ${mode ?? 'unknown'} mode ${open}`
    }
  }
}

/** A key says itself whether money moves. */
function modeOf(key: string): 'test' | 'live' | 'unknown' {
  const [, mode] = key.split('_')
  return mode === 'test' || mode === 'live' ? mode : 'unknown'
}

function reasonOf(mode: 'test' | 'live' | 'unknown', dryRun: boolean): string {
  if (dryRun) return `DRY_RUN: nothing is called; the key is of ${mode} mode`
  const words = {
    test: 'Payments are taken in test mode: no money moves',
    live: 'Payments are taken in live mode',
    unknown: 'Payments are taken; the key does not say whether in test or live mode'
  }
  return words[mode]
}
