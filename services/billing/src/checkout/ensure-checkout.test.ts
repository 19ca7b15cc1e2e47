import { isRefusal, PermanentError, type RecordedEvent } from '@leadlog/contracts'
import type { NewSession, StripeClient, StripeSession } from '@leadlog/stripe'
import t from 'tap'
import type { BillingDeps } from '../deps.ts'
import { invoiceOf } from '../invoice/invoice.ts'
import { saveDraft } from '../invoice/save-draft.ts'
import { send } from '../invoice/send.ts'
import { seriesOf } from '../numbering/series.ts'
import { noteOpened } from './checkout.ts'
import { ensureCheckout } from './ensure-checkout.ts'

const AT = '2026-11-30T10:00:00.000Z'
const seller = { name: 'Example Ltd', address: [], taxId: null }
const YESTERDAY = '2026-11-29T10:00:00.000Z'

/** An invoice that was sent, with a page of yesterday at a Stripe that says what the test says. */
function shop(session: Partial<StripeSession>, create: (asked: NewSession) => Promise<StripeSession>) {
  const events: RecordedEvent[] = []
  const record = (decided: ReturnType<typeof saveDraft>): void => {
    if (isRefusal(decided)) throw new TypeError(decided.code)
    for (const { definition, data } of decided) {
      events.push({ id: String(events.length), type: definition.type, data, correlationid: 'c' } as RecordedEvent)
    }
  }
  record(
    saveDraft(
      invoiceOf([]),
      {
        invoiceId: 'i1',
        personId: 'p1',
        leadId: null,
        customer: { name: 'Marco Ellison', email: 'marco.ellison@example.org' },
        currency: 'USD',
        lines: [{ description: 'Workshop', quantity: '1', unitPrice: 10_000, taxRate: '0' }],
        discount: null,
        dueDays: 14,
        seller
      },
      new Map()
    )
  )
  const series = seriesOf('INV', new Date(AT))
  record(send(invoiceOf(events), [], { invoiceId: 'i1', at: YESTERDAY, mail: false, series, seller }))
  const page = { attempt: 1, sessionId: 'cs_1', customerId: 'cus_1', amount: 10_000, currency: 'USD', expiresAt: AT }
  record(noteOpened(invoiceOf(events), { invoiceId: 'i1', ...page }))
  const asked: NewSession[] = []
  const known: StripeSession = {
    id: 'cs_1',
    status: 'open',
    url: null,
    expiresAt: new Date(AT),
    metadata: {},
    ...session
  }
  const stripe: Partial<StripeClient> = {
    session: async (id) => (id === 'cs_1' ? known : { ...known, id, status: 'open', url: 'https://stripe.example/2' }),
    findCustomer: async () => 'cus_1',
    createSession: async (wanted) => {
      asked.push(wanted)
      return create(wanted)
    }
  }
  const deps = {
    log: {
      load: async () => ({ ref: { context: 'billing', aggregate: 'invoice', id: 'i1' }, events, sequence: 1 }),
      transact: async ({ decide }: { decide: (histories: unknown[]) => ReturnType<typeof saveDraft> }) => {
        record(decide([{ events }]))
        return { events: [], repeated: false }
      }
    },
    stripe,
    effects: { run: async ({ perform }: { perform: () => Promise<unknown> }) => ({ response: await perform() }) },
    billingUrl: 'https://pay.leadlog.example.com',
    linkToken: () => '0'.repeat(32),
    logger: { warn: () => undefined }
  } as unknown as BillingDeps
  return { deps, asked, ensure: () => ensureCheckout(deps, 'i1') }
}

const made = async (): Promise<StripeSession> => ({
  id: 'cs_2',
  status: 'open',
  url: 'https://stripe.example/2',
  expiresAt: new Date('2026-12-01T10:00:00.000Z'),
  metadata: {}
})

void t.test('who pays from a bank account gets no second page while the money is on its way', async (t) => {
  const { ensure, asked } = shop({ status: 'complete' }, made)
  t.strictSame(await ensure(), { kind: 'done' })
  t.strictSame(asked, [], 'although the first page is older than a day')
})

void t.test('a page that is over is followed by another', async (t) => {
  const { ensure, asked } = shop({ status: 'expired' }, made)
  t.strictSame(await ensure(), { kind: 'open', url: 'https://stripe.example/2' })
  t.match(asked, [{ amount: 10_000, metadata: { leadlog_attempt: '2-10000' } }])
})

void t.test('what Stripe takes no payment of is to be paid elsewhere', async (t) => {
  const refuse = (code: string) => () => Promise.reject(new PermanentError(code, 'Stripe refused'))
  const small = shop({ status: 'expired' }, refuse('STRIPE_AMOUNT_TOO_SMALL'))
  t.strictSame(await small.ensure(), { kind: 'impossible' })
  const other = shop({ status: 'expired' }, refuse('STRIPE_PARAMETER_INVALID'))
  await t.rejects(other.ensure(), { code: 'STRIPE_PARAMETER_INVALID' })
})
