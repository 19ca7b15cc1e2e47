import { CheckoutEnded, CheckoutOpened } from '@leadlog/contracts'
import { createMailer, type Mailer } from '@leadlog/mail'
import {
  defineService,
  effectsUnresolved,
  openEffectLedger,
  testIntegrationsCommand,
  type ServiceContext
} from '@leadlog/service'
import { archiveCatalogueItemCommand, saveCatalogueItemCommand } from './catalogue/catalogue.commands.ts'
import { closeCheckouts, openCheckouts } from './checkout/checkout.reactors.ts'
import { billingConfig } from './config.ts'
import type { BillingDeps } from './deps.ts'
import {
  issueCreditNoteCommand,
  saveInvoiceCommand,
  sendInvoiceCommand,
  voidInvoiceCommand
} from './invoice/invoice.commands.ts'
import { noteOverdueInvoices, setDueTimers } from './invoice/overdue.reactors.ts'
import { mailInvoiceCommand } from './mail/mail-invoice.command.ts'
import { mailInvoices } from './mail/mail-invoices.reactor.ts'
import { BILLING_SCHEMA, billingMigrations } from './migrations.ts'
import { refundPaymentCommand } from './refund/refund-payment.command.ts'
import { makeRefunds } from './refund/make-refunds.reactor.ts'
import { payRoutes } from './pay/pay.routes.ts'
import { recordPaymentCommand, settleParkedPaymentCommand } from './payment/payment.commands.ts'
import { deleteCustomers } from './customer/delete-customers.reactor.ts'
import { connectStripe } from './stripe/connect-stripe.ts'
import { withoutSideEffects } from './dry-run/without-side-effects.ts'
import { recordCosts } from './spend/record-costs.reactor.ts'
import { reportBudget } from './spend/report-budget.ts'
import { setSpendBudgetCommand } from './spend/set-spend-budget.command.ts'
import { budgetUsed, costsRecorded } from './spend/spend.metrics.ts'
import { openSpendTally } from './spend/tally.ts'
import { watchBudget } from './spend/watch-budget.reactor.ts'
import { followStripe } from './stripe/follow-stripe.reactor.ts'

const SERIES = /^[A-Z]{1,8}$/

/** Invoices and their payments, and what is spent. */
export const billing = defineService({
  name: 'billing',
  description:
    'Keeps the catalogue and invoices: numbers without a gap, payment on Stripe, each payment recorded once.',
  defaultPort: 8084,
  config: billingConfig,
  check: (config, report) => {
    if (!SERIES.test(config.invoiceSeries)) report('invoiceSeries', 'must be one to eight capital letters, such as INV')
    if (!SERIES.test(config.creditSeries)) report('creditSeries', 'must be one to eight capital letters, such as CN')
    if (config.invoiceSeries === config.creditSeries) report('creditSeries', 'must differ from BILLING_INVOICE_SERIES')
    if (config.stripeSecretKey !== undefined && !/^(sk|rk)_[A-Za-z0-9_]+$/.test(config.stripeSecretKey)) {
      report('stripeSecretKey', 'must begin with sk_ or rk_, as the dashboard of Stripe shows it')
    }
  },
  uses: { postgres: true, redis: false },
  metrics: [effectsUnresolved, costsRecorded, budgetUsed],
  migrations: billingMigrations,
  setup: (context): BillingDeps => {
    const { config, keyring, log, logger, clock, metrics, postgres } = context
    if (postgres === undefined) throw new TypeError('billing needs Postgres')
    const { stripe, integration } = connectStripe(context)
    const billingUrl = (config.billingUrl ?? config.publicUrl)?.replace(/\/+$/, '')
    for (const [variable, value] of Object.entries({
      STRIPE_SECRET_KEY: config.stripeSecretKey,
      'BILLING_URL or PUBLIC_URL': billingUrl,
      SMTP_URL: config.smtpUrl
    })) {
      if (value === undefined) logger.warn({ variable }, 'not set: invoices are mailed, or paid online, only with it')
    }
    const spend = openSpendTally(postgres.db, BILLING_SCHEMA)
    metrics.gauge(budgetUsed, (gauge) => reportBudget(gauge, { spend, log, clock, logger }))
    return {
      log,
      spend,
      costs: metrics.counter(costsRecorded),
      webhooks: keyring,
      stripe,
      integrations: [integration],
      privateHosts: config.privateHosts,
      effects: openEffectLedger(context, postgres.db, {
        schema: BILLING_SCHEMA,
        leaseSeconds: config.effectLeaseSeconds,
        ttlSeconds: config.effectTtlSeconds,
        keepNewestBy: null
      }),
      dryRun: config.dryRun,
      mailer: connectMail(context),
      seller: {
        name: config.sellerName,
        address: config.sellerAddress?.split('|').map((line) => line.trim()) ?? [],
        taxId: config.sellerTaxId ?? null
      },
      invoiceSeries: config.invoiceSeries,
      creditSeries: config.creditSeries,
      billingUrl,
      linkToken: (invoiceId) => keyring.fingerprint('pay', invoiceId),
      clock,
      logger
    }
  },
  reactors: [
    openCheckouts,
    closeCheckouts,
    mailInvoices,
    setDueTimers,
    noteOverdueInvoices,
    followStripe,
    makeRefunds,
    deleteCustomers,
    recordCosts,
    watchBudget
  ],
  commands: [
    saveCatalogueItemCommand,
    archiveCatalogueItemCommand,
    saveInvoiceCommand,
    sendInvoiceCommand,
    mailInvoiceCommand,
    voidInvoiceCommand,
    recordPaymentCommand,
    issueCreditNoteCommand,
    settleParkedPaymentCommand,
    refundPaymentCommand,
    testIntegrationsCommand('billing'),
    setSpendBudgetCommand
  ],
  // As in a dry run.
  simulate: withoutSideEffects,
  projections: [],
  appends: [CheckoutOpened, CheckoutEnded],
  routes: (app, deps: BillingDeps) => payRoutes(app, deps)
})

type Context = ServiceContext<typeof billingConfig>

function connectMail({ config, onStop }: Context): Mailer | null {
  if (config.smtpUrl === undefined) return null
  const mailer = createMailer({ url: config.smtpUrl, from: config.mailFrom })
  onStop(() => mailer.close())
  return mailer
}
