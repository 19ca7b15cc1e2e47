import { eventually } from '@leadlog/testing'
import type { Page } from 'playwright-core'
import { command } from '../../system/command.ts'
import type { Flow } from '../flow.ts'
import { mailsTo } from '../mailed-link.ts'

/** From a service of the catalogue to the money: drafted for a lead, looked at, sent, paid by its customer; another void, another credited. */
export const billsSomebody: Flow = async (t, { system, page, context, open, checkAccessibility, expectErrors }) => {
  const tag = String(Date.now()).slice(-6)
  const email = `paul-${tag}@payer.example`
  const entered = { name: `Paul Payer-${tag}`, email, company: 'Payer & Sons', source: 'fair' }
  const leadId = String((await command(system, 'crm', 'CaptureLead', entered))['leadId'])
  await eventually(async () => system.read(`/v1/leads/${leadId}`).catch(() => false))
  const total = page.locator('[data-total]')
  const amount = page.locator('[data-amount]')
  const state = (word: string) => page.getByRole('heading', { level: 1 }).locator('..').getByText(word, { exact: true })

  await t.test('a service is put into the catalogue', async () => {
    await open('/catalogue')
    await page.getByRole('button', { name: 'New service' }).click()
    await page.getByLabel('Name').fill(`Workshop ${tag}`)
    await page.getByLabel('Price, before tax').fill('499.005')
    await page.getByLabel('Tax, per cent').fill('8.875')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('The price is an amount such as').waitFor()
    await checkAccessibility('a service with a price that is none')
    await page.getByLabel('Price, before tax').fill('1,499.00')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('link', { name: `Workshop ${tag}` }).click()
    await page.getByRole('complementary', { name: 'Service' }).getByText('1,499.00').waitFor()
    await checkAccessibility('a service')
  })

  await t.test('an invoice is drafted for a lead, reckoned while it is typed', async (t) => {
    await open('/invoices')
    await page.getByRole('link', { name: 'New invoice' }).click()
    await page.getByLabel('Find a lead').fill(`payer-${tag}`)
    await page.getByRole('button', { name: new RegExp(`Paul Payer-${tag}`) }).click()
    t.equal(await page.getByLabel('E-mail').inputValue(), email)
    await page
      .getByLabel('Add a service of the catalogue')
      .selectOption({ label: await optionOf(page, `Workshop ${tag}`) })
    await page.getByLabel('Quantity').fill('1.5')
    await page.getByRole('button', { name: 'Free line' }).click()
    const second = page.getByRole('listitem', { name: 'Line 2' })
    await second.getByLabel('2. What it is for').fill('Travel')
    await second.getByLabel('Price, USD').fill('12.3456')
    await page.getByRole('button', { name: 'Save draft' }).click()
    await page.getByText('Mend what is marked').waitFor()
    await checkAccessibility('a draft with problems')
    await second.getByLabel('Price, USD').fill('120.50')
    await second.getByLabel('Tax, per cent').fill('0')
    await page.getByLabel('Discount on the whole', { exact: true }).fill('5')
    await total.getByText('USD').waitFor()
    const shown = (await total.textContent()) ?? ''
    await checkAccessibility('a draft')
    await page.getByRole('button', { name: 'Save draft' }).click()
    await state('Draft').waitFor()
    t.equal(await amount.textContent(), shown, 'billing reckons as the browser did')
    await page.getByRole('figure', { name: 'Page 1 of 1' }).getByText(`Workshop ${tag}`).waitFor({ state: 'attached' })
    await checkAccessibility('a draft as it would be printed')
  })

  await t.test('somebody else saves the draft meanwhile: nothing is lost without a word', async (t) => {
    const invoiceId = /invoices\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? ''
    // A command that is refused is told as a conflict.
    expectErrors(/409/)
    await page.getByRole('link', { name: 'Edit' }).click()
    await page.getByLabel('Days to pay').fill('30')
    const customer = { name: entered.name, email }
    const lines = [{ description: 'Something else', quantity: '1', unitPrice: 100, taxRate: '0' }]
    await command(system, 'billing', 'SaveInvoice', { invoiceId, leadId, customer, currency: 'USD', lines })
    await page.getByRole('button', { name: 'Save draft' }).click()
    await page.getByText('Somebody else saved this draft meanwhile').waitFor()
    await checkAccessibility('a draft that somebody else saved')
    await page.getByRole('button', { name: 'Save mine over it' }).click()
    await state('Draft').waitFor()
    t.match(await system.read(`/v1/invoices/${invoiceId}`), { draft: 3, dueDays: 30, lines: [{}, { text: 'Travel' }] })
  })

  await t.test('it is sent, and paid by its customer through the mailed link', async (t) => {
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByText('From then on neither the number nor the invoice changes').waitFor()
    await checkAccessibility('sending')
    await page.getByRole('dialog').getByRole('button', { name: 'Send', exact: true }).click()
    await state('Sent').waitFor()
    await page.getByRole('heading', { level: 1, name: /^INV-\d{4}-\d{5}$/ }).waitFor()
    const link = await eventually(async () =>
      (await mailsTo(system, email))
        .map(({ text }) => /http\S+\/pay\/\S+/.exec(text)?.[0])
        .find((one) => one !== undefined)
    )
    // A browser that knows nothing of ours.
    const theirs = await context.browser()?.newContext()
    if (theirs === undefined) throw new TypeError('a context without a browser')
    const customer = await theirs.newPage()
    customer.setDefaultTimeout(60_000)
    await customer.goto(link)
    await customer.getByRole('heading', { name: 'Simulated checkout' }).waitFor()
    await customer.getByRole('button', { name: 'Pay' }).click()
    await customer.getByText(/Thank you/).waitFor()
    await theirs.close()
    await state('Paid').waitFor()
    await page.getByRole('tab', { name: 'History' }).click()
    for (const said of [
      'Drafted',
      'Sent: the number is given',
      'Mailed',
      /Payment came in: .*Stripe/,
      'Nothing is owed any more'
    ]) {
      await page.getByText(said).first().waitFor()
    }
    await checkAccessibility('the history of an invoice')
    t.equal(await page.getByRole('button', { name: 'Record payment' }).count(), 0)
  })

  await t.test('a part of it is credited, and the credit note is shown', async () => {
    await page.getByRole('button', { name: 'Credit note' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(/^1\. /).fill('0')
    await dialog.getByLabel(/^2\. /).fill('9,999')
    await dialog.getByRole('button', { name: 'Issue' }).click()
    await dialog.getByText(/Line 2 has .* left to credit/).waitFor()
    await dialog.getByLabel(/^2\. /).fill('50')
    await checkAccessibility('crediting')
    await dialog.getByRole('button', { name: 'Issue' }).click()
    await page.getByRole('tab', { name: 'Document' }).click()
    await page.getByRole('button', { name: /^CN-\d{4}-\d{5}$/ }).click()
    await page.getByRole('figure', { name: 'Page 1 of 1' }).getByText('Travel').waitFor({ state: 'attached' })
    await checkAccessibility('a credit note')
  })

  await t.test('cash is recorded for another, and a third is made void', async () => {
    const sent = async (): Promise<string> => {
      const customer = { name: entered.name, email }
      const lines = [{ description: 'Advice', quantity: '1', unitPrice: 5_000, taxRate: '10' }]
      const made = await command(system, 'billing', 'SaveInvoice', { customer, currency: 'JPY', lines })
      await command(system, 'billing', 'SendInvoice', { invoiceId: made['invoiceId'], mail: false })
      const id = String(made['invoiceId'])
      await eventually(async () => system.read(`/v1/invoices/${id}`).catch(() => false))
      return id
    }
    await open(`/invoices/${await sent()}`)
    await page.getByRole('button', { name: 'Record payment' }).click()
    await page.getByLabel('Amount, JPY').fill('2000')
    await page.getByLabel('How').selectOption('cash')
    await checkAccessibility('recording a payment')
    await page.getByRole('button', { name: 'Record', exact: true }).click()
    await amount.getByText('3,500').waitFor()
    await page.getByRole('button', { name: 'Make void' }).waitFor({ state: 'detached' })

    await open(`/invoices/${await sent()}`)
    await page.getByRole('button', { name: 'Make void' }).click()
    await page.getByLabel('Why').selectOption('duplicate')
    await checkAccessibility('making void')
    await page.getByRole('dialog').getByRole('button', { name: 'Make void' }).click()
    await state('Void').waitFor()
  })

  await t.test('the list says what they come to, currency by currency', async (t) => {
    await open(`/invoices?customer=payer-${tag}`)
    await page.getByText('3 invoices', { exact: true }).waitFor()
    t.match(await page.locator('[data-sums]').textContent(), /JPY.11,000 in all, JPY.3,500 owed.*USD/)
    await page.getByRole('button', { name: 'Paid', exact: true }).click()
    await page.getByText('Paul Payer').first().waitFor()
    await checkAccessibility('invoices')
  })

  // For whoever looks at all screens afterwards.
  const left = [{ description: 'Left as a draft', quantity: '1', unitPrice: 100, taxRate: '0' }]
  const customer = { name: entered.name, email }
  await command(system, 'billing', 'SaveInvoice', { customer, currency: 'USD', lines: left })
  const { invoiceId } = await command(system, 'billing', 'SaveInvoice', { customer, currency: 'USD', lines: left })
  await command(system, 'billing', 'SendInvoice', { invoiceId, mail: false })
}

/** The whole label of an option that begins so. */
async function optionOf(page: Page, beginning: string): Promise<string> {
  const option = page.getByLabel('Add a service of the catalogue').locator('option', { hasText: beginning })
  await option.waitFor({ state: 'attached' })
  return (await option.textContent()) ?? ''
}
