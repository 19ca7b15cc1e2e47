import { OutcomeUnknownError } from '@leadlog/outbound'
import { createSimulators, type FaultRule } from '@leadlog/simulators'
import t, { type Test } from 'tap'
import { createOnce, createStripeClient, isReplay, type NewSession } from '../index.ts'

const KEY = 'sk_test_simulated_stripe_key_0001'
const MARCO = { personId: 'p1', email: 'marco.ellison@example.org', name: 'Marco Ellison' }
const METADATA = { leadlog_invoice: '0d9f1d0e-0001-5000-8000-000000000001', leadlog_attempt: '1-49900' }
const codeOf = (error: unknown): unknown => (error as { code?: unknown }).code

async function account(t: Test, secretKey = KEY) {
  const { app, state } = await createSimulators()
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  t.teardown(() => app.close())
  const stripe = createStripeClient({
    secretKey,
    baseUrl: `${url}/stripe`,
    privateHosts: ['127.0.0.1'],
    timeoutMs: 5_000
  })
  t.teardown(() => stripe.close())
  const fail = (...rules: Omit<FaultRule, 'vendor'>[]) =>
    state.faults.set(rules.map((rule) => ({ vendor: 'stripe' as const, ...rule })))
  return { stripe, state, url, fail }
}

const sessionFor = (customerId: string): NewSession => ({
  customerId,
  amount: 49_900,
  currency: 'USD',
  title: 'Invoice INV-2026-00001',
  metadata: METADATA,
  reference: METADATA.leadlog_invoice,
  successUrl: 'https://pay.leadlog.example.com/pay/1/2?done',
  cancelUrl: 'https://pay.leadlog.example.com/pay/1/2?back'
})

void t.test("Stripe's own library: a customer, a page, a payment", async (t) => {
  const { stripe, state } = await account(t)
  t.equal(await stripe.findCustomer(MARCO.personId, MARCO.email), null)
  const customerId = await stripe.createCustomer(MARCO, 'customer-1')
  t.equal(await stripe.createCustomer(MARCO, 'customer-1'), customerId, 'the key makes it one')
  await stripe.createCustomer({ ...MARCO, personId: 'p2' }, 'customer-2')
  t.equal(await stripe.findCustomer(MARCO.personId, MARCO.email), customerId)
  t.equal(state.stripe.store.customers.list().length, 2)
  const session = await stripe.createSession(sessionFor(customerId), 'session-1')
  t.match(session, { id: /^cs_/, status: 'open', url: /\/stripe\/c\/pay\/cs_/, metadata: METADATA })
  t.ok(session.expiresAt.getTime() > Date.now())
  t.strictSame(await stripe.session(session.id), session)
  t.equal((await stripe.findSession(customerId, METADATA))?.id, session.id)
  t.equal(await stripe.findSession(customerId, { ...METADATA, leadlog_attempt: '2-49900' }), null)
  const paid = state.stripe.desk.pay(session.id)
  t.strictSame(await stripe.paymentMetadata(paid?.intent ?? ''), METADATA)
  t.match(await stripe.session(session.id), { status: 'complete', url: null })
  await stripe.expireSession(session.id)
  t.match(await stripe.session(session.id), { status: 'complete' }, 'what is paid stays paid')
  const other = await stripe.createSession(sessionFor(customerId), 'session-2')
  await stripe.expireSession(other.id)
  await stripe.expireSession(other.id)
  t.match(await stripe.session(other.id), { status: 'expired' })
})

void t.test('what failed is told apart: refused, not done, unknown, used up', async (t) => {
  const { stripe, state, fail } = await account(t)
  const customerId = await stripe.createCustomer(MARCO, 'customer')
  const create = (key: string, amount = 49_900) => stripe.createSession({ ...sessionFor(customerId), amount }, key)
  const failure = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => null,
      (error: unknown) => error
    )
  t.equal(codeOf(await failure(create('a', 1))), 'STRIPE_AMOUNT_TOO_SMALL')
  t.equal(codeOf(await failure(stripe.session('cs_unknown'))), 'STRIPE_RESOURCE_MISSING')
  await create('b')
  const other = await failure(create('b', 500))
  t.equal(codeOf(other), 'STRIPE_IDEMPOTENCY_ERROR')
  t.ok(isReplay(other))
  fail({ kind: '429', count: 1 })
  t.equal(codeOf(await failure(create('c'))), 'OUTBOUND_RATE_LIMITED')
  t.ok(await create('c'), 'a 429 uses no key up')
  const made = () => state.stripe.store.sessions.list().length
  const before = made()
  fail({ kind: 'drop-after', route: 'POST /v1/checkout/sessions', count: 1 })
  t.ok((await failure(create('d'))) instanceof OutcomeUnknownError)
  t.equal((await create('d')).status, 'open', 'the key finds what was made')
  t.equal(made(), before + 1)
  fail({ kind: '500', route: 'POST /v1/checkout/sessions', count: 1 })
  t.ok((await failure(create('e'))) instanceof OutcomeUnknownError)
  t.ok(isReplay(await failure(create('e'))), 'Stripe repeats its 500 for ever')
  const wrong = await account(t, 'sk_test_of_somebody_else')
  t.match(await failure(wrong.stripe.session('cs_1')), {
    code: 'STRIPE_KEY_REFUSED',
    message: /STRIPE_SECRET_KEY/
  })
  t.throws(() => createStripeClient({ secretKey: 'whsec_1' }), /STRIPE_SECRET_KEY must begin with sk_/)
})

void t.test('one page is made whatever happens to the answers', async (t) => {
  for (const kind of ['drop-after', '500', '503', 'acted', '429', 'reset'] as const) {
    const { stripe, state, fail } = await account(t)
    const customerId = await stripe.createCustomer(MARCO, 'c')
    fail({
      route: 'POST /v1/checkout/sessions',
      count: 2,
      ...(kind === 'acted' ? { kind: 'error', code: 'acted' } : { kind })
    })
    const once = () =>
      createOnce('invoice-1', {
        find: () => stripe.findSession(customerId, METADATA),
        create: (key) => stripe.createSession(sessionFor(customerId), key)
      })
    let session: Awaited<ReturnType<typeof once>> | null = null
    for (let attempt = 1; session === null && attempt <= 5; attempt++) session = await once().catch(() => null)
    t.match(session, { status: 'open' }, kind)
    t.equal((await once()).metadata['leadlog_invoice'], METADATA.leadlog_invoice)
    t.equal(state.stripe.store.sessions.list().length, 1, `${kind}: one page`)
  }
})
