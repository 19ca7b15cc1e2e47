import { eventually } from '@leadlog/testing'
import type { Flow } from '../flow.ts'
import { somebodyPaid } from '../paid-invoice.ts'

/** Money that fits no invoice is counted by a person, and a part of it goes back; what the bank takes back is seen. */
export const settlesPayments: Flow = async (t, { system, page, open, checkAccessibility }) => {
  const { paymentId, paymentIntentId } = await somebodyPaid(system, 60_000)
  const row = page.getByRole('row', { name: /600\.00/ }).first()

  await t.test('what waits is counted in the sidebar, and says why it waits', async (t) => {
    await open('/payments')
    const entry = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /^Payments/ })
    t.match(await entry.textContent(), /Payments1, which wait for a person/)
    await page.getByRole('group', { name: 'Views' }).getByRole('button', { name: 'Waits for a person' }).click()
    await row.waitFor()
    await checkAccessibility('payments that wait')
    await open(`/payments/${paymentId}`)
    await page.getByText('USD 600.00 came in, USD 543.29 were owed.').waitFor()
    await page.getByText(/USD\s56\.71 of it is more than was owed/).waitFor()
    await checkAccessibility('a payment that waits')
  })

  await t.test('it is accepted, and what was too much goes back', async (t) => {
    await page.getByRole('button', { name: 'Accept', exact: true }).click()
    await page.getByRole('button', { name: 'Accept it' }).click()
    await page.getByRole('button', { name: 'Refund', exact: true }).click()
    const amount = page.getByLabel(/^Amount in USD/)
    await amount.fill('700')
    await page.getByRole('button', { name: 'Give it back' }).click()
    await page.getByText('USD 600.00 can be given back at most.').waitFor()
    await checkAccessibility('a refund that is too large')
    await amount.fill('56.71')
    await page.getByRole('button', { name: 'Give it back' }).click()
    await page.getByText('Given back', { exact: true }).waitFor()
    await page.getByText('Partly refunded', { exact: true }).first().waitFor()
    t.match(await system.read(`/v1/payments/${paymentId}`), {
      state: 'counted',
      refunded: 5_671,
      refundable: 54_329,
      refunds: [{ state: 'made', amount: 5_671 }]
    })
    t.match(await system.read('/v1/parked-payments'), { data: [] })
    await checkAccessibility('a payment of which a part went back')
  })

  await t.test('a dispute is seen, and nothing can be refunded meanwhile', async (t) => {
    await system.control('POST', `stripe/payments/${paymentIntentId}/dispute`, {})
    await page.getByText('Open: answer it at Stripe').waitFor()
    t.equal(await page.getByRole('button', { name: 'Refund', exact: true }).count(), 0)
    await eventually(async () => {
      const journal = JSON.stringify(await system.control('GET', 'journal?vendor=slack'))
      return journal.includes('A payment is disputed') && journal.includes('Money waits for a person')
    })
  })
}
