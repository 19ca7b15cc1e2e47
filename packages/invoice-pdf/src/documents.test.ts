import { reckon } from '@leadlog/invoicing'
import t from 'tap'
import { creditNotePdf, invoicePdf } from './documents.ts'
import type { PrintedInvoice } from './printed.ts'

const seller = { name: 'Example Ltd', address: ['1 Fictional Way'], taxId: null }
const sent = {
  number: 'INV-2026-00042',
  issuedAt: '2026-11-30T10:00:00.000Z',
  dueAt: '2026-12-14T10:00:00.000Z'
}

function invoice(texts: readonly string[], change: Partial<PrintedInvoice> = {}): PrintedInvoice {
  const line = { itemId: null, itemVersion: null, quantity: '1.5', unitPrice: 33_333, taxRate: '19', discount: null }
  const reckoned = reckon(
    texts.map(() => line),
    null
  )
  if ('refused' in reckoned) throw new TypeError(reckoned.message)
  return {
    seller,
    sent,
    savedAt: '2026-11-30T09:00:00.000Z',
    voided: false,
    currency: 'USD',
    customer: { name: 'Marco Ellison', email: 'marco.ellison@example.org' },
    texts,
    ...reckoned,
    ...change
  }
}

const pagesOf = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type \/Page\n/g)?.length ?? 0

void t.test('the same invoice gives the same bytes, in every script', async (t) => {
  const written = invoice(['Workshop', '工作坊', '판매', 'سدنة'])
  const first = await invoicePdf(written)
  t.equal(first.subarray(0, 5).toString(), '%PDF-')
  t.ok(first.equals(await invoicePdf(written)))
  t.equal(pagesOf(first), 1)
  const without = await invoicePdf(invoice(['Workshop'], { customer: null, seller: null }))
  t.equal(pagesOf(without), 1, 'an erased customer')
})

void t.test('long invoices go on on further pages; a draft and a void one are other documents', async (t) => {
  const long = Array.from({ length: 70 }, (_, index) => `Service ${index} ${'with a long text '.repeat(index % 5)}`)
  t.equal(pagesOf(await invoicePdf(invoice(long))), 3)
  t.equal(
    pagesOf(
      await invoicePdf(
        invoice(['One'], { customer: { name: 'M', email: 'm@example.org', address: 'line\n'.repeat(100) } })
      )
    ),
    3,
    'an address of a hundred lines'
  )
  const [draft, issued, voided] = await Promise.all([
    invoicePdf(invoice(['Workshop'], { sent: null })),
    invoicePdf(invoice(['Workshop'])),
    invoicePdf(invoice(['Workshop'], { voided: true }))
  ])
  t.notOk(issued.equals(voided))
  t.notOk(issued.equals(draft))
})

void t.test('a credit note gives the same bytes too', async (t) => {
  const { lines, texts, customer } = invoice(['Workshop', 'Licence'])
  const [first] = lines
  const amounts = { net: first?.net ?? 0, tax: first?.tax ?? 0, total: first?.total ?? 0 }
  const note = {
    seller,
    customer,
    currency: 'USD',
    texts,
    number: 'CN-2026-00001',
    invoiceNumber: sent.number,
    issuedAt: sent.issuedAt,
    taxRates: lines.map(({ taxRate }) => taxRate),
    lines: [{ line: 1, ...amounts }],
    ...amounts
  }
  const pdf = await creditNotePdf(note)
  t.equal(pagesOf(pdf), 1)
  t.ok(pdf.equals(await creditNotePdf(note)))
})
