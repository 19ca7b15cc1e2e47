import { eventually } from '@leadlog/testing'
import { command } from '../system/command.ts'
import type { TestSystem } from '../system/test-system.ts'

const MARCO = {
  name: 'Marco Ellison',
  email: 'marco.ellison@example.org',
  company: 'Ellison Works',
  address: '1 Fictional Way\nOakland, CA 94607'
}

/** A catalogue and invoices in every state, so that there is something to look at. */
export async function somethingWasBilled(system: TestSystem): Promise<void> {
  const bill = (name: string, body: object) => command(system, 'billing', name, body)
  const itemOf = async (name: string, unitPrice: number, currency: string, taxRate: string): Promise<string> =>
    String((await bill('SaveCatalogueItem', { name, unitPrice, currency, taxRate }))['itemId'])
  const workshop = await itemOf('Onboarding workshop', 49_900, 'USD', '8.875')
  await itemOf('Licence, one year', 120_000, 'USD', '0')
  const visit = await itemOf('訪問サポート', 80_000, 'JPY', '10')
  const retired = await itemOf('Setup by telephone', 9_900, 'USD', '8.875')
  await bill('ArchiveCatalogueItem', { itemId: retired, archived: true })

  const draft = async (more: object = {}): Promise<string> => {
    const lines = [
      { itemId: workshop, quantity: '1.5' },
      { description: 'Travel', quantity: '1', unitPrice: 12_050, taxRate: '0' }
    ]
    const body = { customer: MARCO, currency: 'USD', lines, discount: { kind: 'percent', percent: '5' }, ...more }
    return String((await bill('SaveInvoice', body))['invoiceId'])
  }
  const sent = async (more: object = {}): Promise<string> => {
    const invoiceId = await draft(more)
    await bill('SendInvoice', { invoiceId, mail: false })
    return invoiceId
  }
  const yen = { currency: 'JPY', lines: [{ itemId: visit, quantity: '2' }] }
  const tokyo = { name: '山田 花子', email: 'hanako.yamada@example.jp', company: '株式会社アサヒ商事' }
  const overdue = await sent({ ...yen, customer: tokyo, dueDays: 0 })
  await bill('VoidInvoice', { invoiceId: await sent(), reason: 'duplicate' })
  const paid = await sent({ customer: { name: 'Nadia Haddad', email: 'nadia.haddad@example.com' } })
  const { total } = await eventually(
    async () => (await system.read(`/v1/invoices/${paid}`).catch(() => undefined)) as { total: number } | undefined
  )
  await bill('RecordPayment', { invoiceId: paid, amount: total, currency: 'USD', method: 'bank-transfer' })
  await draft({ customer: { name: 'Lina Berg', email: 'lina.berg@example.com' } })
  const open = await sent()
  await bill('RecordPayment', { invoiceId: open, amount: 20_000, currency: 'USD', method: 'cash' })
  await bill('IssueCreditNote', { invoiceId: open, lines: [{ line: 2, total: 5_000 }], reason: 'goodwill' })
  await eventually(async () => {
    const { data } = (await system.read('/v1/invoices?state=overdue')) as { data: { id: string }[] }
    return data.some(({ id }) => id === overdue)
  })
}
