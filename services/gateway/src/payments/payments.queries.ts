import { parkedReasons, type InvoiceCustomer, type ParkedReason } from '@leadlog/contracts'
import { sql } from 'kysely'
import type { ReadDatabase } from '../database/database.ts'
import { onPage, toPage, type Order, type Page, type PageRequest } from '../query/page.ts'
import type { Payment } from './payment.schema.ts'
import type { PaymentRow } from './payments.projection.ts'

export interface PaymentFilter {
  readonly state?: PaymentRow['state'] | undefined
  readonly method?: PaymentRow['method'] | undefined
  readonly dispute?: PaymentRow['dispute'] | undefined
  readonly refunded?: 'true' | 'false' | undefined
  readonly invoiceId?: string | undefined
  readonly leadId?: string | undefined
  readonly currency?: string | undefined
  readonly from?: string | undefined
  readonly to?: string | undefined
}

interface Shown extends PaymentRow {
  readonly lead_id: string | null
  readonly number: string | null
  readonly customer: InvoiceCustomer | null
  readonly invoice_currency: string | null
}

/** A page of payments, by when the money came in. */
export async function findPayments(
  db: ReadDatabase,
  filter: PaymentFilter,
  sort: '-at' | 'at',
  page: PageRequest
): Promise<Page<Payment>> {
  const order: Order = { sort, column: sql.ref('p.at'), type: 'time', id: 'p.id' }
  const { state, method, dispute, refunded, invoiceId, leadId, currency, from, to } = filter
  let query = shown(db).select('p.at as sort_value')
  if (state) query = query.where('p.state', '=', state)
  if (method !== undefined) query = query.where('p.method', '=', method)
  if (dispute) query = query.where('p.dispute', '=', dispute)
  if (refunded !== undefined) query = query.where('p.refunded', refunded === 'true' ? '>' : '=', 0)
  if (invoiceId !== undefined) query = query.where('p.invoice_id', '=', invoiceId)
  if (leadId !== undefined) query = query.where('i.lead_id', '=', leadId)
  if (currency !== undefined) query = query.where('p.currency', '=', currency)
  if (from !== undefined) query = query.where('p.at', '>=', from)
  if (to !== undefined) query = query.where('p.at', '<', to)
  return toPage(await onPage(query, order, page).execute(), order, page.limit, paymentOf)
}

/** One payment; null for an unknown id. */
export async function findPayment(db: ReadDatabase, id: string): Promise<Payment | null> {
  const row = await shown(db).where('p.id', '=', id).executeTakeFirst()
  return row ? paymentOf(row) : null
}

const COUNT = sql<number>`count(*)::int`

/** How many wait, for each reason there is. For metrics. */
export async function countParkedPayments(db: ReadDatabase): Promise<ReadonlyMap<ParkedReason, number>> {
  const rows = await db
    .selectFrom('gateway.payments')
    .select(['parked_because', COUNT.as('count')])
    .where('state', '=', 'parked')
    .groupBy('parked_because')
    .execute()
  return new Map(parkedReasons.map((reason) => [reason, rows.find((row) => row.parked_because === reason)?.count ?? 0]))
}

/** How many payments have a dispute that has not ended. For metrics. */
export async function countOpenDisputes(db: ReadDatabase): Promise<number> {
  const row = await db
    .selectFrom('gateway.payments')
    .select(COUNT.as('count'))
    .where('dispute', '=', 'open')
    .executeTakeFirstOrThrow()
  return row.count
}

/** With what is known of the invoice now; policies of both tables hold. */
function shown(db: ReadDatabase) {
  return db
    .selectFrom('gateway.payments as p')
    .leftJoin('gateway.invoices as i', 'i.id', 'p.invoice_id')
    .selectAll('p')
    .select(['i.lead_id', 'i.number', 'i.customer', 'i.currency as invoice_currency'])
    .where('p.state', 'is not', null)
}

function paymentOf(row: Shown): Payment {
  const { parked_because: reason, expected, parked_at: parkedAt } = row
  return {
    id: row.id,
    invoiceId: row.invoice_id,
    invoice:
      row.invoice_currency === null
        ? null
        : { number: row.number, currency: row.invoice_currency, customer: row.customer?.name ?? null },
    leadId: row.lead_id,
    state: row.state ?? 'counted',
    method: row.method,
    amount: row.amount,
    currency: row.currency,
    parking: reason === null || expected === null || parkedAt === null ? null : { reason, expected, parkedAt },
    settledBy: row.settled_by,
    settledAt: row.settled_at,
    refunded: row.refunded,
    refundable: refundable(row),
    refunds: [...row.refunds],
    disputes: [...row.disputes],
    stripe: { sessionId: row.session_id, paymentIntentId: row.payment_intent_id },
    at: row.at,
    changedAt: row.changed_at
  }
}

/** As billing decides it, so that nobody is offered what it refuses. */
function refundable(row: PaymentRow): number {
  const isDisputed = row.dispute === 'open' || row.dispute === 'lost'
  if (row.state === 'parked' || row.payment_intent_id === null || isDisputed) return 0
  const inState = (state: 'asked' | 'made'): number =>
    row.refunds.filter((refund) => refund.state === state).reduce((all, { amount }) => all + amount, 0)
  return Math.max(0, row.amount - Math.max(row.refunded, inState('made')) - inState('asked'))
}
