import { eventually } from '@leadlog/testing'
import { command } from '../system/command.ts'
import type { TestSystem } from '../system/test-system.ts'

interface Session {
  readonly id: string
  readonly client_reference_id: string
  readonly payment_intent: string | null
}

interface Paid {
  readonly invoiceId: string
  readonly paymentId: string
  readonly paymentIntentId: string
}

/** An invoice over 543.29 US dollars that somebody pays on the simulated page. @param amount instead of what is owed, in cents */
export async function somebodyPaid(system: TestSystem, amount?: number): Promise<Paid> {
  await system.control('PUT', 'stripe/delivery', { url: `${system.ingestUrl}/webhooks/stripe` })
  const { invoiceId } = await command(system, 'billing', 'SaveInvoice', {
    customer: { name: 'Marco Ellison', email: 'marco.ellison@example.org' },
    currency: 'USD',
    lines: [{ description: 'Workshop', quantity: '1', unitPrice: 49_900, taxRate: '8.875' }]
  })
  await command(system, 'billing', 'SendInvoice', { invoiceId, mail: false })
  const session = await eventually(async () => {
    const { sessions } = (await system.control('GET', 'stripe')) as { sessions: readonly Session[] }
    return sessions.find((one) => one.client_reference_id === invoiceId)
  })
  const paid = (await system.control(
    'POST',
    `stripe/sessions/${session.id}/pay`,
    amount === undefined ? {} : { amount }
  )) as Session
  const payment = await eventually(async () => {
    const { data } = (await system.read(`/v1/payments?invoiceId=${String(invoiceId)}`)) as {
      data: readonly { id: string }[]
    }
    return data[0]
  })
  return { invoiceId: String(invoiceId), paymentId: payment.id, paymentIntentId: paid.payment_intent ?? '' }
}
