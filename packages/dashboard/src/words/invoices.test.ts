import t from 'tap'
import { customerWord, documentDay, invoiceLook, INVOICE_STATES, reasonWord, stepWords } from './invoices.ts'

const step = {
  eventId: 'e',
  at: '2026-11-30T10:00:00.000Z',
  by: 'user:u',
  amount: null,
  currency: null,
  reason: null,
  reference: null,
  method: null
}
const plain = (text: string): string => text.replace(/\s/g, ' ')

void t.test('an invoice has a state, a customer and a history in words', async (t) => {
  t.same(
    INVOICE_STATES.map((state) => invoiceLook(state).word),
    ['Draft', 'Sent', 'Overdue', 'Paid', 'Void']
  )
  t.equal(customerWord({ name: 'Ada', company: 'Engines' }), 'Engines, Ada')
  t.equal(customerWord(null), 'An erased customer')
  t.equal(stepWords({ ...step, did: 'mailed' }, 'USD', 'en-US'), 'Mailed')
  t.equal(
    plain(
      stepWords(
        { ...step, did: 'credited', amount: 500, reference: 'CN-2026-00001', reason: 'goodwill' },
        'USD',
        'en-US'
      )
    ),
    'Credited: CN-2026-00001, USD 5.00, Goodwill'
  )
  t.equal(
    plain(
      stepWords({ ...step, did: 'payment-recorded', amount: 500, method: 'stripe', reference: 'pi_1' }, 'JPY', 'en-US')
    ),
    'Payment came in: JPY 500, Stripe'
  )
  t.equal(
    plain(
      stepWords(
        { ...step, did: 'payment-parked', amount: 500, currency: 'EUR', reason: 'amount-differs' },
        'JPY',
        'en-US'
      )
    ),
    'Money came in that does not fit: EUR 5.00, Amount differs'
  )
  t.equal(reasonWord('customer-request'), 'The customer asked for it')
  t.equal(documentDay('2026-11-30T23:30:00.000Z', 'en-GB'), '30 Nov 2026')
})
