import {
  CreditNoteIssued,
  EffectSimulated,
  InvoiceSent,
  PaymentDisputed,
  PaymentParked,
  PaymentRecorded,
  PaymentRefunded,
  RefundFailed,
  RefundRefused,
  type EventDefinition,
  type RecordedEvent
} from '@leadlog/contracts'
import t from 'tap'
import { entryOf } from './timeline-entry.ts'

const AT = '2026-11-18T16:00:00Z'
const entry = (definition: EventDefinition, data: object) =>
  entryOf({ type: definition.type, data, source: 'leadlog/billing', time: AT } as RecordedEvent)

void t.test('a timeline tells of invoices and of the money for them, in words', (t) => {
  const money = { amount: 54_890, currency: 'USD', at: AT }
  t.match(entry(InvoiceSent, { ...money, number: 'INV-2026-00001', total: 54_890, dueAt: AT, issuedAt: AT }), {
    kind: 'invoice',
    title: 'Invoice INV-2026-00001 over 548.90 USD',
    detail: 'due 2026-11-18'
  })
  t.match(
    entry(CreditNoteIssued, { ...money, number: 'CN-2026-00001', total: 90, reason: 'not-delivered', issuedAt: AT }),
    {
      title: 'Credit note CN-2026-00001 over 0.90 USD',
      detail: 'not delivered'
    }
  )
  t.match(entry(PaymentRecorded, { ...money, method: 'bank-transfer', accepted: false }), {
    title: 'Paid 548.90 USD',
    detail: 'bank transfer',
    source: 'manual'
  })
  t.match(entry(PaymentRecorded, { ...money, method: 'stripe', accepted: true }), {
    detail: 'stripe, accepted by a person',
    source: 'stripe'
  })
  t.match(entry(PaymentParked, { ...money, reason: 'already-paid' }), {
    title: '548.90 USD came in and waits',
    detail: 'the invoice was paid already'
  })
  t.equal(entry(PaymentRefunded, { ...money, refunded: 500 })?.title, '5.00 USD of a payment went back')
  t.strictSame(
    (['open', 'won', 'lost'] as const).map((status) => entry(PaymentDisputed, { ...money, status })?.title),
    [
      'Payment of 548.90 USD is disputed',
      'Payment of 548.90 USD stays: the dispute was won',
      'Payment of 548.90 USD is lost: the bank took it back'
    ]
  )
  t.equal(entry(RefundRefused, { ...money, code: 'STRIPE_X' })?.detail, 'STRIPE_X')
  t.match(entry(RefundFailed, { ...money, reason: 'lost_or_stolen_card' }), {
    title: '548.90 USD that went back did not arrive',
    detail: 'lost or stolen card'
  })
  t.equal(entry(EffectSimulated, { ...money, effect: 'refund' }), null)
  t.end()
})
