import {
  PaymentDisputed,
  PaymentParked,
  PermanentError,
  RefundFailed,
  RefundRefused,
  type EventDefinition,
  type NewEvent,
  type RecordedEvent
} from '@leadlog/contracts'
import type { HandlerContext } from '@leadlog/service'
import t from 'tap'
import { alertPayments } from './alert-payments.reactor.ts'

const payment = { invoiceId: 'i1', personId: 'p1', paymentId: 'pay1', amount: 49_950, currency: 'USD' }

/** A reactor with a log that keeps what it records. */
function desk(send: () => Promise<void> = async () => undefined, gatewayUrl?: string) {
  const sent: string[] = []
  const recorded: NewEvent[] = []
  const channel = {
    name: 'slack' as const,
    send: async (text: string) => {
      await send()
      sent.push(text)
    }
  }
  const handle = (definition: EventDefinition, data: object, repeats: readonly string[] = []) => {
    const event = { id: 'e1', type: definition.type, data: { ...payment, ...data } } as unknown as RecordedEvent
    const context = {
      repeats: new Set(repeats),
      attemptToken: 'again',
      logger: { error: () => undefined },
      load: async () => ({ events: recorded }),
      transact: async ({ decide }: { decide: () => readonly NewEvent[] }) => void recorded.push(...decide())
    } as unknown as HandlerContext
    return alertPayments.handle(event, { channel, gatewayUrl }, context)
  }
  return { sent, recorded, handle }
}

void t.test('money that waits is told once, without a name, and again only where that is asked for', async (t) => {
  const { sent, recorded, handle } = desk(undefined, 'https://leadlog.example.com')
  await handle(PaymentParked, { reason: 'already-paid', expected: 0 })
  await handle(PaymentParked, { reason: 'already-paid', expected: 0 })
  t.strictSame(sent, [
    ':warning: *Money waits for a person*\n499.50 USD came in, and the invoice is paid already · <https://leadlog.example.com/payments/pay1|payment>'
  ])
  t.match(recorded, [{ data: { about: 'parked', paymentId: 'pay1', failedBecause: null } }])
  await handle(PaymentParked, { reason: 'already-paid', expected: 0 }, ['alert'])
  t.equal(sent.length, 2)
})

void t.test('disputes and refused refunds are told too', async (t) => {
  const told = async (definition: EventDefinition, data: object) => {
    const { sent, handle } = desk()
    await handle(definition, data)
    return sent[0]
  }
  t.match(await told(PaymentDisputed, { status: 'open' }), /A payment is disputed.*\n.*499\.50 USD.*payment `pay1`/)
  t.match(await told(PaymentDisputed, { status: 'won' }), /won/)
  t.match(await told(PaymentDisputed, { status: 'lost' }), /lost/)
  t.match(
    await told(RefundFailed, { reason: 'lost_or_stolen_card' }),
    /refund failed.*\n499\.50 USD.*lost_or_stolen_card/
  )
  t.match(await told(RefundFailed, { reason: null }), /did not reach the customer ·/)
  t.match(await told(RefundRefused, { code: 'STRIPE_CHARGE_ALREADY_REFUNDED' }), /STRIPE_CHARGE_ALREADY_REFUNDED/)
})

void t.test('what cannot be delivered now is tried again, and what never can is recorded as such', async (t) => {
  const away = desk(() => Promise.reject(new Error('Slack is away')))
  await t.rejects(away.handle(PaymentDisputed, { status: 'open' }), { message: 'Slack is away' })
  t.strictSame(away.recorded, [])
  const refused = desk(() => Promise.reject(new PermanentError('SLACK_REFUSED', 'no such channel')))
  await refused.handle(PaymentDisputed, { status: 'open' })
  t.match(refused.recorded, [{ data: { failedBecause: 'no such channel' } }])
})
