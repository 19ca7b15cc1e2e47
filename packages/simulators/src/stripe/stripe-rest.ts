import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { JsonObject, JsonValue } from '../json.ts'
import { asText } from '../json.ts'
import { html } from '../page/html.ts'
import { bodyText, queryOf, sendAnswer } from '../vendor-plugin.ts'
import type { Vendor } from '../vendor-plugin.ts'
import { jsonAnswer } from '../vendors.ts'
import type { VendorAnswer } from '../vendors.ts'
import type { StripeDesk } from './stripe-desk.ts'
import { invalid, missing, stripeFailure } from './stripe-errors.ts'
import { readForm, textsIn } from './stripe-form.ts'
import { createStripeKeys } from './stripe-keys.ts'
import { listPage, matcherOf } from './stripe-lists.ts'
import { showCharge, showCustomer, showIntent, showLineItems, showRefund, showSession } from './stripe-resources.ts'
import { showEvent } from './stripe-sender.ts'
import type { StripeRefund, StripeSession, StripeStore } from './stripe-store.ts'

interface Call {
  path: string
  id: string
  query: URLSearchParams
  form: JsonObject
  origin: string
}

const HALF_HOUR = 1_800
const DAY = 86_400
const NO_CENTS = new Set('bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf'.split(' '))
const LARGEST = 99_999_999

/** Stripe's API for one account, as far as Checkout needs it. */
export const stripeRest = (parts: { secretKey: string; store: StripeStore; desk: StripeDesk }): Vendor => {
  const { secretKey, store, desk } = parts
  const keys = createStripeKeys(store)
  const customerOf = (id: string | null) => (id === null ? undefined : store.customers.get(id))
  const shown = (session: StripeSession): JsonObject => showSession(session, customerOf(session.customer))

  const isSignedIn = ({ headers }: FastifyRequest): boolean => {
    const basic = `Basic ${Buffer.from(`${secretKey}:`).toString('base64')}`
    return headers.authorization === `Bearer ${secretKey}` || headers.authorization === basic
  }

  /** A session that nobody paid in time is closed when somebody looks. */
  const sessionOf = (id: string): StripeSession | undefined => {
    const session = store.sessions.get(id)
    if (session?.status === 'open' && store.now() >= session.expiresAt) desk.expire(id)
    return session
  }

  const createCustomer = ({ form }: Call): VendorAnswer => {
    const customer = {
      sid: store.nextId('cus'),
      created: store.now(),
      email: asText(form.email) ?? null,
      name: asText(form.name) ?? null,
      metadata: textsIn(form.metadata)
    }
    store.customers.save(customer)
    return jsonAnswer(200, showCustomer(customer))
  }

  const listCustomers = ({ path, query }: Call): VendorAnswer => {
    const email = query.get('email')
    // Addresses are compared letter by letter, as Stripe does.
    const found = store.customers.list().filter((customer) => email === null || customer.email === email)
    return listPage(path, query, found.map(showCustomer))
  }

  const searchCustomers = ({ path, query }: Call): VendorAnswer => {
    const matches = matcherOf(query.get('query') ?? '')
    if (matches === null) return invalid('query', 'The query cannot be read.')
    const data = store.customers.list().map(showCustomer).filter(matches)
    return jsonAnswer(200, { object: 'search_result', url: path, has_more: false, next_page: null, data })
  }

  const createSession = ({ form, origin }: Call): VendorAnswer => {
    if (form.mode !== 'payment') return invalid('mode', 'Only payment is known here.')
    const successUrl = asText(form.success_url)
    if (successUrl === undefined)
      return invalid('success_url', 'Missing required param: success_url.', 'parameter_missing')
    const customer = asText(form.customer) ?? null
    if (customer !== null && store.customers.get(customer) === undefined) {
      return invalid('customer', `No such customer: '${customer}'`, 'resource_missing')
    }
    const items = Array.isArray(form.line_items) ? (form.line_items as JsonObject[]) : []
    if (items.length === 0) return invalid('line_items', 'Missing required param: line_items.', 'parameter_missing')
    const prices = items.map(({ price_data: price, quantity }) => {
      const { currency, unit_amount: amount } = (price ?? {}) as JsonObject
      return { currency: asText(currency) ?? '', amount: Number(amount), quantity: Number(quantity ?? 1) }
    })
    const [first] = prices
    const currency = first?.currency.toLowerCase() ?? ''
    if (!/^[a-z]{3}$/.test(currency)) return invalid('line_items[0][price_data][currency]', 'Invalid currency.')
    const total = prices.reduce((sum, { amount, quantity }) => sum + amount * quantity, 0)
    if (!Number.isInteger(total) || total < (NO_CENTS.has(currency) ? 1 : 50)) {
      return invalid('line_items', "The Checkout Session's total amount is too small.", 'amount_too_small')
    }
    if (total > LARGEST) return invalid('line_items', 'Amount must be no more than 99999999.', 'amount_too_large')
    const expiresAt = form.expires_at === undefined ? store.now() + DAY : Number(form.expires_at)
    if (!(expiresAt >= store.now() + HALF_HOUR - 60 && expiresAt <= store.now() + DAY)) {
      return invalid('expires_at', 'The expires_at timestamp must be between 30 minutes and 24 hours from now.')
    }
    const session: StripeSession = {
      sid: store.nextId('cs_test'),
      created: store.now(),
      expiresAt,
      customer,
      reference: asText(form.client_reference_id) ?? null,
      metadata: textsIn(form.metadata),
      intentMetadata: textsIn((form.payment_intent_data as JsonObject | undefined)?.metadata),
      currency,
      amount: total,
      items: items.map((item, index) => ({
        id: `li_${index + 1}`,
        object: 'item',
        amount_total: (prices[index]?.amount ?? 0) * (prices[index]?.quantity ?? 1),
        currency,
        description: asText(((item.price_data as JsonObject).product_data as JsonObject | undefined)?.name) ?? '',
        quantity: prices[index]?.quantity ?? 1
      })),
      successUrl,
      cancelUrl: asText(form.cancel_url) ?? null,
      status: 'open',
      paymentStatus: 'unpaid',
      intent: null,
      origin
    }
    store.sessions.save(session)
    return jsonAnswer(200, shown(session))
  }

  const getSession = ({ id, query }: Call): VendorAnswer => {
    const session = sessionOf(id)
    if (session === undefined) return missing('checkout.session', id)
    const expand = [...query.getAll('expand[]'), ...query.getAll('expand[0]')]
    return jsonAnswer(200, {
      ...shown(session),
      ...(expand.includes('line_items') ? { line_items: showLineItems(session) } : {})
    })
  }

  const listSessions = ({ path, query }: Call): VendorAnswer => {
    const [customer, intent, status] = ['customer', 'payment_intent', 'status'].map((name) => query.get(name))
    const found = store.sessions
      .list()
      .filter((session) => customer === null || session.customer === customer)
      .filter((session) => intent === null || session.intent === intent)
      .filter((session) => status === null || session.status === status)
    return listPage(path, query, found.map(shown))
  }

  const expireSession = ({ id }: Call): VendorAnswer => {
    const session = sessionOf(id)
    if (session === undefined) return missing('checkout.session', id)
    if (session.status !== 'open') {
      return invalid(
        'session',
        `Only Checkout Sessions with a status in ["open"] can be expired. This one is ${session.status}.`
      )
    }
    desk.expire(id)
    return jsonAnswer(200, shown(session))
  }

  const createRefund = ({ form }: Call): VendorAnswer => {
    const charge = asText(form.charge)
    const intent = asText(form.payment_intent) ?? (charge === undefined ? undefined : store.charges.get(charge)?.intent)
    if (intent === undefined)
      return invalid('payment_intent', 'One of charge and payment_intent is needed.', 'parameter_missing')
    if (store.intents.get(intent) === undefined) return missing('payment_intent', intent)
    const amount = form.amount === undefined ? undefined : Number(form.amount)
    const sid = desk.refund(intent, amount, textsIn(form.metadata))
    const refund = sid === undefined ? undefined : store.refunds.get(sid)
    if (refund === undefined) {
      const left = store.charges.list().find((one) => one.intent === intent)
      return left === undefined || left.refunded === left.amount
        ? invalid('charge', 'Charge has already been refunded.', 'charge_already_refunded')
        : invalid('amount', 'Refund amount is greater than unrefunded amount on charge.')
    }
    return jsonAnswer(200, refundWith(refund, expandsCharge(form.expand)))
  }

  const refundWith = (refund: StripeRefund, isExpanded: boolean): JsonObject => {
    const charge = isExpanded ? store.charges.get(refund.charge) : undefined
    return {
      ...showRefund(refund),
      ...(charge === undefined ? {} : { charge: showCharge(charge, customerOf(charge.customer)) })
    }
  }

  const deleteCustomer = ({ id }: Call): VendorAnswer => {
    if (store.customers.get(id) === undefined) return missing('customer', id)
    store.customers.remove(id)
    return jsonAnswer(200, { id, object: 'customer', deleted: true })
  }

  /** Whose the key is. */
  const account = (): VendorAnswer =>
    jsonAnswer(200, {
      id: 'acct_1Simulated000001',
      object: 'account',
      business_profile: { name: 'Fictional Workshops', url: null },
      charges_enabled: true,
      country: 'US',
      default_currency: 'usd',
      payouts_enabled: true
    })

  const listRefunds = ({ path, query }: Call): VendorAnswer => {
    const [intent, charge] = [query.get('payment_intent'), query.get('charge')]
    const found = store.refunds
      .list()
      .filter(
        (refund) => (intent === null || refund.intent === intent) && (charge === null || refund.charge === charge)
      )
    const isExpanded = [...query].some(([name, value]) => name.startsWith('expand') && value === 'data.charge')
    return listPage(
      path,
      query,
      found.map((refund) => refundWith(refund, isExpanded))
    )
  }

  const one =
    <Entry>(what: string, find: (id: string) => Entry | undefined, show: (entry: Entry) => JsonObject) =>
    ({ id }: Call): VendorAnswer => {
      const entry = find(id)
      return entry === undefined ? missing(what, id) : jsonAnswer(200, show(entry))
    }

  const page = (session: StripeSession): string =>
    html`<!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width, initial-scale=1" />
          <title>Simulated checkout</title>
        </head>
        <body>
          <main>
            <h1>Simulated checkout</h1>
            <p>${session.amount} ${session.currency.toUpperCase()} in minor units. No money moves.</p>
            <form method="post"><button>${session.status === 'open' ? 'Pay' : session.status}</button></form>
          </main>
        </body>
      </html>`.markup

  const pageRoutes = (app: FastifyInstance): void => {
    app.get('/c/pay/:id', async (request, reply) => {
      const session = sessionOf((request.params as { id: string }).id)
      if (session === undefined) return reply.code(404).send('There is no such page.')
      return reply
        .type('text/html; charset=utf-8')
        .header(
          'content-security-policy',
          // A browser looks at where the answer to a form leads, too.
          `default-src 'none'; form-action 'self' ${new URL(session.successUrl).origin}`
        )
        .send(page(session))
    })
    app.post('/c/pay/:id', async (request, reply) => {
      const session = desk.pay((request.params as { id: string }).id)
      if (session === undefined) return reply.code(409).send('This page is closed.')
      return reply.redirect(session.successUrl, 303)
    })
  }

  const routes = (app: FastifyInstance): void => {
    pageRoutes(app)
    app.addHook('onRequest', async (request, reply) => {
      keys.enter(request)
      reply.raw.once('close', () => keys.leave(request))
      const key = request.headers['idempotency-key']
      if (typeof key === 'string') reply.header('idempotency-key', key)
      reply.header('request-id', store.nextId('req').replace('_', '_sim'))
      reply.header('stripe-version', request.headers['stripe-version'] ?? '2026-10-28.endive')
    })
    app.addHook('preHandler', async (request, reply) => {
      if (!request.url.startsWith('/stripe/v1/')) return
      if (!isSignedIn(request)) return sendAnswer(reply, stripeFailure('401'))
      const before = keys.before(request)
      if (before !== undefined) return sendAnswer(reply, before)
    })
    const on = (method: 'GET' | 'POST' | 'DELETE', path: string, answer: (call: Call) => VendorAnswer): void => {
      app.route({
        method,
        url: `/v1${path}`,
        handler: (request, reply) => sendAnswer(reply, keys.keep(request, answer(callOf(request))))
      })
    }
    on('POST', '/customers', createCustomer)
    on('GET', '/customers', listCustomers)
    on('GET', '/customers/search', searchCustomers)
    on(
      'GET',
      '/customers/:id',
      one('customer', (id) => store.customers.get(id), showCustomer)
    )
    on('DELETE', '/customers/:id', deleteCustomer)
    on('GET', '/account', account)
    on('POST', '/checkout/sessions', createSession)
    on('GET', '/checkout/sessions', listSessions)
    on('GET', '/checkout/sessions/:id', getSession)
    on('GET', '/checkout/sessions/:id/line_items', one('checkout.session', sessionOf, showLineItems))
    on('POST', '/checkout/sessions/:id/expire', expireSession)
    on(
      'GET',
      '/payment_intents/:id',
      one('payment_intent', (id) => store.intents.get(id), showIntent)
    )
    on(
      'GET',
      '/charges/:id',
      one(
        'charge',
        (id) => store.charges.get(id),
        (charge) => showCharge(charge, customerOf(charge.customer))
      )
    )
    on('POST', '/refunds', createRefund)
    on('GET', '/refunds', listRefunds)
    on(
      'GET',
      '/refunds/:id',
      one('refund', (id) => store.refunds.get(id), showRefund)
    )
    on('GET', '/events', ({ path, query }) => {
      const type = query.get('type')
      const found = store.events.list().filter((event) => type === null || event.type === type)
      return listPage(path, query, found.map(showEvent))
    })
    on(
      'GET',
      '/events/:id',
      one('event', (id) => store.events.get(id), showEvent)
    )
  }

  /** The code `acted`: what was asked for is done, and the answer is a 500 all the same. Like every 500 it is kept for its key. */
  const failure: Vendor['failure'] = ({ code, request }) => {
    if (code === 'acted' && isSignedIn(request) && request.method === 'POST') {
      const before = keys.before(request)
      if (before !== undefined) return before
      if (request.url === '/stripe/v1/customers') createCustomer(callOf(request))
      if (request.url === '/stripe/v1/checkout/sessions') createSession(callOf(request))
      if (request.url === '/stripe/v1/refunds') createRefund(callOf(request))
    }
    return keys.keep(request, stripeFailure(code === 'acted' ? '500' : code))
  }

  return { name: 'stripe', routes, failure }
}

const expandsCharge = (expand: JsonValue | undefined): boolean => Array.isArray(expand) && expand.includes('charge')

const callOf = (request: FastifyRequest): Call => ({
  path: request.url.split('?')[0]?.slice('/stripe'.length) ?? '',
  id: (request.params as { id?: string }).id ?? '',
  query: queryOf(request),
  form: readForm(new URLSearchParams(bodyText(request))),
  origin: `${request.protocol}://${request.host}`
})
