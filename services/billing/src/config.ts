import { boolean, integer, optionalSecret, optionalText, optionalUrl, privateHosts, text, url } from '@leadlog/service'

/** A message that nobody delivered for so long is handled again by hand only, and then Stripe is asked first. */
const DEFAULT_EFFECT_TTL_SECONDS = 120 * 86_400

/** The variables of the billing service. */
export const billingConfig = {
  dryRun: boolean('DRY_RUN', {
    description:
      'true: what would be written to the CRM, done at Stripe, opened at Zoom or mailed is recorded or logged, nothing is sent',
    example: 'false',
    default: true
  }),
  stripeSecretKey: optionalSecret('STRIPE_SECRET_KEY', {
    description: 'secret or restricted key of the Stripe account; without it invoices have no link to pay them',
    example: 'sk_live_…'
  }),
  stripeApiUrl: url('STRIPE_API_URL', {
    description: "where Stripe's API is, such as a simulator",
    example: 'https://api.stripe.com',
    default: 'https://api.stripe.com',
    protocols: ['https', 'http']
  }),
  privateHosts,
  billingUrl: optionalUrl('BILLING_URL', {
    description: 'address under which customers reach this service, for links to pay; PUBLIC_URL where it is not set',
    example: 'https://pay.leadlog.example.com',
    protocols: ['https', 'http']
  }),
  smtpUrl: optionalUrl('SMTP_URL', {
    description: 'mail server that sends invoices; without it they are not mailed',
    example: 'smtps://user:password@mail.example.com',
    protocols: ['smtp', 'smtps'],
    secret: true
  }),
  mailFrom: text('MAIL_FROM', {
    description: 'sender of mail, as the mail server lets it',
    example: 'Leadlog <leadlog@example.com>',
    default: 'Leadlog <leadlog@localhost>'
  }),
  sellerName: text('BILLING_SELLER_NAME', {
    description: 'who sells, as it stands on invoices',
    example: 'Example Ltd',
    default: 'Leadlog'
  }),
  sellerAddress: optionalText('BILLING_SELLER_ADDRESS', {
    description: 'postal address of the seller on invoices, its lines separated by |',
    example: '1 Fictional Way|Oakland, CA 94607'
  }),
  sellerTaxId: optionalText('BILLING_SELLER_TAX_ID', {
    description: "the seller's tax number on invoices",
    example: 'US12-3456789'
  }),
  invoiceSeries: text('BILLING_INVOICE_SERIES', {
    description: "beginning of invoices' numbers, before the year: letters",
    example: 'INV',
    default: 'INV'
  }),
  creditSeries: text('BILLING_CREDIT_SERIES', {
    description: "beginning of credit notes' numbers, before the year: letters",
    example: 'CN',
    default: 'CN'
  }),
  effectLeaseSeconds: integer('BILLING_EFFECT_LEASE_SECONDS', {
    description: 'how long a call or a mail that was begun may be silent before its process is taken for dead',
    example: '60',
    default: 60,
    min: 2,
    max: 3_600
  }),
  effectTtlSeconds: integer('BILLING_EFFECT_TTL_SECONDS', {
    description: 'how long the ledger remembers a call or a mail that is settled',
    example: String(DEFAULT_EFFECT_TTL_SECONDS),
    default: DEFAULT_EFFECT_TTL_SECONDS,
    min: 86_400,
    max: 315_360_000
  })
}
