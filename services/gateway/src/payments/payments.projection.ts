import {
  EffectSimulated,
  PaymentDisputed,
  PaymentParked,
  PaymentRecorded,
  PaymentRefunded,
  PaymentRejected,
  PersonErased,
  RefundFailed,
  RefundMade,
  RefundRefused,
  RefundRequested,
  type DataOf,
  type EventOf,
  type ParkedReason
} from '@leadlog/contracts'
import { column, defineProjection, type RowOfColumns } from '@leadlog/projections'
import { ownInvoicesOnly } from '../database/row-policies.ts'
import type { PaymentDispute, PaymentRefund } from './payment.schema.ts'

const columns = {
  id: column.text({ primaryKey: true }),
  sequence: column.bigint(),
  invoice_id: column.text(),
  /** Who pays; null once they are erased, as nothing else of a payment is. Of which lead it is, its invoice says. */
  person_id: column.text({ nullable: true }),
  erased: column.boolean(),
  /** Null until the payment itself is told: what becomes of it may come first. */
  state: column.text<'counted' | 'parked' | 'rejected'>({ nullable: true }),
  method: column.text<DataOf<typeof PaymentRecorded>['method']>(),
  amount: column.bigint(),
  currency: column.text(),
  parked_because: column.text<ParkedReason>({ nullable: true }),
  expected: column.bigint({ nullable: true }),
  parked_at: column.timestamptz({ nullable: true }),
  settled_by: column.text({ nullable: true }),
  settled_at: column.timestamptz({ nullable: true }),
  refunded: column.bigint(),
  refunds: column.jsonb<readonly PaymentRefund[]>(),
  disputes: column.jsonb<readonly PaymentDispute[]>(),
  /** Of the newest dispute. */
  dispute: column.text<PaymentDispute['status']>({ nullable: true }),
  session_id: column.text({ nullable: true }),
  payment_intent_id: column.text({ nullable: true }),
  at: column.timestamptz(),
  changed_at: column.timestamptz()
}

export type PaymentRow = RowOfColumns<typeof columns>

const told = [
  PaymentRecorded,
  PaymentParked,
  PaymentRejected,
  PaymentRefunded,
  PaymentDisputed,
  RefundRequested,
  RefundMade,
  RefundRefused,
  RefundFailed,
  EffectSimulated
] as const
type Told = EventOf<(typeof told)[number]>

/**
 * Money that came in: what counts, what waits and what was rejected, with what went back of it. Of an erased person the money
 * stays, since the books have to add up; who they were does not.
 */
export const payments = defineProjection({
  name: 'gateway-payments',
  version: 3,
  table: 'gateway.payments',
  columns,
  indexes: [
    { on: 'at desc, id desc' },
    { on: 'invoice_id' },
    { on: 'person_id', where: 'person_id is not null' },
    { on: 'at desc, id desc', where: `state = 'parked'` }
  ],
  on: [...told, PersonErased],
  key: (event: Told | EventOf<typeof PersonErased>) => {
    if ('erasureId' in event.data) return event.data.paymentIds ?? []
    return event.data.paymentId ?? []
  },
  evolve: {
    [PersonErased.type]: (row) => row && { ...row, person_id: null, erased: true },
    [PaymentRecorded.type]: (row, event, id) =>
      newer(row, event, id, (before) => {
        const { method, accepted } = event.data
        const settled = accepted ? { settled_by: event.actor, settled_at: event.time } : {}
        return { ...cameIn(before, event.data), method, ...settled, state: 'counted' }
      }),
    [PaymentParked.type]: (row, event, id) =>
      newer(row, event, id, (before) => {
        const { reason, expected } = event.data
        const parking = { parked_because: reason, expected, parked_at: event.time }
        return { ...cameIn(before, event.data), ...parking, method: 'stripe', state: 'parked' }
      }),
    [PaymentRejected.type]: (row, event, id) =>
      newer(row, event, id, (before) => ({
        ...before,
        state: 'rejected',
        settled_by: event.actor,
        settled_at: event.time
      })),
    [PaymentRefunded.type]: (row, event, id) =>
      newer(row, event, id, (before) => ({ ...before, refunded: event.data.refunded })),
    [PaymentDisputed.type]: (row, event, id) =>
      newer(row, event, id, (before) => {
        const { disputeId, status, amount, at } = event.data
        const others = before.disputes.filter((dispute) => dispute.id !== disputeId)
        return { ...before, disputes: [...others, { id: disputeId, status, amount, at }], dispute: status }
      }),
    [RefundRequested.type]: (row, event, id) =>
      newer(row, event, id, (before) => {
        const { refundId, amount, reason, at } = event.data
        const refund: PaymentRefund = {
          id: refundId,
          amount,
          reason,
          state: 'asked',
          code: null,
          stripeRefundId: null,
          by: event.actor,
          askedAt: at,
          changedAt: at
        }
        return { ...before, refunds: [...before.refunds, refund] }
      }),
    [RefundMade.type]: (row, event, id) =>
      newer(row, event, id, (before) => {
        const { refundId, stripeRefundId, at } = event.data
        return withRefund(before, refundId, { state: 'made', stripeRefundId, changedAt: at })
      }),
    [RefundRefused.type]: (row, event, id) =>
      newer(row, event, id, (before) => {
        const { refundId, code, at } = event.data
        return withRefund(before, refundId, { state: 'refused', code, changedAt: at })
      }),
    [RefundFailed.type]: (row, event, id) =>
      newer(row, event, id, (before) => {
        const { refundId, stripeRefundId, refunded, reason, at } = event.data
        const news = { state: 'failed', code: reason, stripeRefundId, changedAt: at } as const
        return withRefund({ ...before, refunded }, refundId, news)
      }),
    [EffectSimulated.type]: (row, event, id) =>
      newer(row, event, id, (before) => {
        const { refundId, at } = event.data
        return withRefund(before, refundId, { state: 'simulated', changedAt: at })
      })
  },
  isShown: (row) => row.state !== null,
  setup: ownInvoicesOnly('invoice_id')
})

function cameIn(
  row: PaymentRow,
  { amount, currency, stripe, at }: Pick<DataOf<typeof PaymentRecorded>, 'amount' | 'currency' | 'stripe' | 'at'>
): PaymentRow {
  const { sessionId, paymentIntentId } = stripe
  return { ...row, amount, currency, session_id: sessionId, payment_intent_id: paymentIntentId, at }
}

function withRefund(row: PaymentRow, refundId: string | null, news: Partial<PaymentRefund>): PaymentRow {
  return { ...row, refunds: row.refunds.map((refund) => (refund.id === refundId ? { ...refund, ...news } : refund)) }
}

function newer(
  row: PaymentRow | null,
  event: Told,
  id: string,
  change: (before: PaymentRow) => PaymentRow
): PaymentRow | null {
  if (row !== null && event.sequence <= row.sequence) return row
  return { ...change(row ?? blank(id, event)), sequence: event.sequence, changed_at: event.time }
}

function blank(id: string, { data, time }: Told): PaymentRow {
  return {
    id,
    sequence: 0,
    invoice_id: data.invoiceId,
    person_id: data.personId,
    erased: false,
    state: null,
    method: 'stripe',
    amount: 0,
    currency: '',
    parked_because: null,
    expected: null,
    parked_at: null,
    settled_by: null,
    settled_at: null,
    refunded: 0,
    refunds: [],
    disputes: [],
    dispute: null,
    session_id: null,
    payment_intent_id: null,
    at: time,
    changed_at: time
  }
}
