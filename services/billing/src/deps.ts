import type { ERASED, InvoiceSeller } from '@leadlog/contracts'
import type { EventLog } from '@leadlog/event-log'
import type { Mailer } from '@leadlog/mail'
import type { EffectLedger } from '@leadlog/outbound'
import type { Clock, Logger, OwnIntegration } from '@leadlog/service'
import type { StripeClient } from '@leadlog/stripe'
import type { Counter } from 'prom-client'
import type { SpendTally } from './spend/tally.ts'

/** What reading a stored webhook needs. */
export interface WebhookReader {
  openBytes(keyId: string, sealed: string, context: string): Promise<Uint8Array | typeof ERASED>
}

/** What the parts of billing need. */
export interface BillingDeps {
  readonly log: Pick<EventLog, 'load' | 'transact' | 'schedule'>
  readonly webhooks: WebhookReader
  /** Null without a key: invoices have no link to pay them. */
  readonly stripe: StripeClient | null
  readonly effects: EffectLedger
  /** True: nothing is called at Stripe and nothing is mailed; what would be is recorded. */
  readonly dryRun: boolean
  readonly integrations: readonly OwnIntegration[]
  readonly privateHosts: readonly string[]
  /** Null without a mail server. */
  readonly mailer: Mailer | null
  readonly seller: InvoiceSeller
  readonly invoiceSeries: string
  readonly creditSeries: string
  /** Where customers reach this service. */
  readonly billingUrl: string | undefined
  /** What opens an invoice to whoever has its link. */
  readonly linkToken: (invoiceId: string) => string
  /** What was spent so far. */
  readonly spend: SpendTally
  readonly costs: Pick<Counter<'kind'>, 'inc'>
  readonly clock: Clock
  readonly logger: Logger
}
