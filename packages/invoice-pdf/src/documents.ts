import { showMoney } from '@leadlog/invoicing'
import { createPaper, LEFT, WIDTH, type Paper } from './page.ts'
import type { PrintedCreditNote, PrintedInvoice } from './printed.ts'
import { writeSums, writeTable, type Column } from './table.ts'

const HALF = WIDTH / 2 - 12
const BODY = 8.5

/** An invoice or a draft of one as a PDF: the same bytes for the same invoice. */
export async function invoicePdf(invoice: PrintedInvoice): Promise<Buffer> {
  const { sent, lines, texts, totals, currency } = invoice
  const title = sent === null ? 'Draft invoice' : `Invoice ${sent.number}`
  const paper = createPaper({
    title,
    author: invoice.seller?.name ?? '',
    at: new Date(sent?.issuedAt ?? invoice.savedAt)
  })
  if (invoice.voided) paper.mark('VOID')
  else if (sent === null) paper.mark('DRAFT')
  head(paper, invoice, {
    title: sent === null ? 'Invoice' : title,
    facts:
      sent === null
        ? [['Number', 'given when it is sent']]
        : [
            ['Issued', day(sent.issuedAt)],
            ['Due', day(sent.dueAt)]
          ]
  })
  const hasDiscount = totals.discount > 0
  const columns: Column[] = [
    { title: 'Description', width: 0 },
    { title: 'Quantity', width: 58 },
    { title: 'Price', width: 82 },
    ...(hasDiscount ? [{ title: 'Discount', width: 76 }] : []),
    { title: 'Tax', width: 48 },
    { title: `Net, ${currency}`, width: 88 }
  ]
  writeTable(
    paper,
    columns,
    lines.map((line, index) => {
      const off = line.lineDiscount + line.sharedDiscount
      return [
        texts[index] ?? '',
        line.quantity,
        figures(line.unitPrice, currency),
        ...(hasDiscount ? [off === 0 ? '' : `−${figures(off, currency)}`] : []),
        `${line.taxRate} %`,
        figures(line.net, currency)
      ]
    })
  )
  writeSums(paper, [
    ...(hasDiscount
      ? ([
          ['Sum', figures(totals.gross, currency)],
          ['Discount', `−${figures(totals.discount, currency)}`]
        ] as const)
      : []),
    ['Net', figures(totals.net, currency)],
    ...taxSums(
      lines.map(({ taxRate, net, tax }) => ({ taxRate, net, tax })),
      currency
    ),
    ['Total', showMoney(totals.total, currency)]
  ])
  return paper.finish(footOf(invoice, title))
}

/** A credit note as a PDF: the same bytes for the same note. */
export async function creditNotePdf(note: PrintedCreditNote): Promise<Buffer> {
  const { number, invoiceNumber, issuedAt, currency, lines, texts, taxRates } = note
  const title = `Credit note ${number}`
  const paper = createPaper({ title, author: note.seller?.name ?? '', at: new Date(issuedAt) })
  head(paper, note, {
    title,
    facts: [
      ['Issued', day(issuedAt)],
      ['For invoice', invoiceNumber]
    ]
  })
  const rateOf = (line: number): string => taxRates[line - 1] ?? ''
  writeTable(
    paper,
    [
      { title: 'Credited', width: 0 },
      { title: 'Net', width: 88 },
      { title: 'Tax', width: 48 },
      { title: 'Amount of tax', width: 88 },
      { title: `Total, ${currency}`, width: 96 }
    ],
    lines.map(({ line, net, tax, total }) => [
      texts[line - 1] ?? '',
      figures(net, currency),
      `${rateOf(line)} %`,
      figures(tax, currency),
      figures(total, currency)
    ])
  )
  writeSums(paper, [
    ['Net', figures(note.net, currency)],
    ...taxSums(
      lines.map(({ line, net, tax }) => ({ taxRate: rateOf(line), net, tax })),
      currency
    ),
    ['Credited', showMoney(note.total, currency)]
  ])
  return paper.finish(footOf(note, title))
}

/** Who sells at the left, the document's facts at the right; below it who it is for. */
function head(
  paper: Paper,
  { seller, customer }: Pick<PrintedInvoice, 'seller' | 'customer'>,
  { title, facts }: { title: string; facts: readonly (readonly [string, string])[] }
): void {
  if (seller !== null) {
    write(paper, seller.name, { size: 12, weight: 'bold' })
    for (const line of seller.address) write(paper, line, { size: BODY, pale: true })
    if (seller.taxId !== null) write(paper, `Tax number ${seller.taxId}`, { size: BODY, pale: true })
  }
  paper.y += 34
  write(paper, title, { size: 20, weight: 'bold' }, WIDTH)
  paper.y += 12
  const top = paper.y
  for (const [name, value] of facts) {
    paper.put(paper.block(name, 80, { size: BODY, pale: true }), LEFT + WIDTH - HALF, paper.y)
    paper.put(paper.block(value, HALF - 80, { size: BODY, align: 'right' }), LEFT + WIDTH - HALF + 80, paper.y)
    paper.y += 14
  }
  const below = paper.y
  paper.y = top
  write(paper, 'Billed to', { size: BODY, pale: true })
  paper.y += 2
  if (customer === null) write(paper, 'erased', { size: BODY })
  else {
    const [first = '', ...rest] = [customer.company, customer.name, customer.address].filter(
      (text) => text !== undefined && text.trim() !== ''
    ) as string[]
    write(paper, first, { size: 10, weight: 'bold' })
    for (const text of rest) write(paper, text, { size: BODY })
    if (customer.taxId !== undefined) write(paper, `Tax number ${customer.taxId}`, { size: BODY })
  }
  paper.y = Math.max(paper.y, below) + 24
}

/** Line by line, so that a long address goes on on the next page. */
function write(paper: Paper, text: string, style: Parameters<Paper['block']>[2], width = HALF): void {
  const block = paper.block(text, width, style)
  const height = block.height / Math.max(1, block.lines.length)
  for (const line of block.lines) {
    paper.room(height)
    paper.put({ ...block, lines: [line], height }, LEFT, paper.y)
    paper.y += height
  }
}

/** By rate, the lowest first: how much tax, and in how much. */
function taxSums(
  parts: readonly { readonly taxRate: string; readonly net: number; readonly tax: number }[],
  currency: string
): (readonly [string, string])[] {
  const rates = new Map<string, { net: number; tax: number }>()
  for (const { taxRate, net, tax } of parts) {
    const rate = taxRate.includes('.') ? taxRate.replace(/\.?0+$/, '') : taxRate
    const before = rates.get(rate) ?? { net: 0, tax: 0 }
    rates.set(rate, { net: before.net + net, tax: before.tax + tax })
  }
  return [...rates]
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([rate, { net, tax }]) => [`Tax ${rate} % on ${figures(net, currency)}`, figures(tax, currency)])
}

function footOf({ seller }: Pick<PrintedInvoice, 'seller'>, title: string): string {
  return seller === null ? title : `${seller.name} · ${title}`
}

/** Without the currency, which stands at the head of the column. */
function figures(amount: number, currency: string): string {
  return showMoney(amount, currency).slice(0, -4)
}

function day(at: string): string {
  return at.slice(0, 10)
}
