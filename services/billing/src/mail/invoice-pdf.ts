import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import PDFDocument from 'pdfkit'
import type { Seller } from '../deps.ts'
import type { Draft, Invoice } from '../invoice/invoice.ts'
import { showMoney } from '../money/currency.ts'

const fonts = join(dirname(createRequire(import.meta.url).resolve('dejavu-fonts-ttf/package.json')), 'ttf')
/** Of every script that is written from left to right without joining letters. */
const REGULAR = join(fonts, 'DejaVuSans.ttf')
const BOLD = join(fonts, 'DejaVuSans-Bold.ttf')

const MARGIN = 50
const WIDTH = 495
/** Below this a line begins a page of its own. */
const LOWEST = 740
/** Where each column begins and how wide it is. */
const COLUMNS = { text: [50, 215], quantity: [265, 55], price: [320, 85], tax: [405, 45], net: [450, 95] } as const

/** The invoice as a PDF; the same bytes for the same invoice. @throws TypeError for one that has no number yet */
export async function invoicePdf(invoice: Invoice, seller: Seller): Promise<Buffer> {
  const { draft, sent } = invoice
  if (draft === null || sent === null) throw new TypeError('only an invoice that was sent is printed')
  const document = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    info: { Title: `Invoice ${sent.number}`, Author: seller.name, CreationDate: new Date(sent.issuedAt) }
  })
  const chunks: Buffer[] = []
  const finished = new Promise<Buffer>((resolve, reject) => {
    document.on('data', (chunk: Buffer) => chunks.push(chunk))
    document.on('end', () => resolve(Buffer.concat(chunks)))
    document.on('error', reject)
  })
  head(document, draft, sent, seller)
  lines(document, draft)
  totals(document, draft)
  document.end()
  return finished
}

type Document = InstanceType<typeof PDFDocument>

function head(document: Document, draft: Draft, sent: NonNullable<Invoice['sent']>, seller: Seller): void {
  const { customer } = draft
  document.font(BOLD).fontSize(11).text(seller.name)
  document.font(REGULAR).fontSize(9)
  for (const line of seller.address) document.text(line)
  if (seller.taxId !== null) document.text(`Tax number ${seller.taxId}`)
  document.moveDown(2).font(BOLD).fontSize(18).text(`Invoice ${sent.number}`)
  document.font(REGULAR).fontSize(9).moveDown(0.5)
  document.text(`Issued ${sent.issuedAt.slice(0, 10)}    Due ${sent.dueAt.slice(0, 10)}`).moveDown(1.5)
  document.font(BOLD).text('Billed to').font(REGULAR)
  const address = customer.address?.split('\n') ?? []
  for (const line of [customer.company, customer.name, ...address, customer.taxId]) {
    if (line !== undefined && line !== '') document.text(line)
  }
  document.moveDown(2)
}

function lines(document: Document, draft: Draft): void {
  row(document, BOLD, { text: 'Service', quantity: 'Quantity', price: 'Price', tax: 'Tax %', net: 'Net' })
  rule(document)
  for (const [index, line] of draft.lines.entries()) {
    const off = line.lineDiscount + line.sharedDiscount
    const less = off > 0 ? ` (less ${showMoney(off, draft.currency)})` : ''
    row(document, REGULAR, {
      text: `${draft.texts[index] ?? ''}${less}`,
      quantity: line.quantity,
      price: showMoney(line.unitPrice, draft.currency),
      tax: line.taxRate,
      net: showMoney(line.net, draft.currency)
    })
  }
  rule(document)
}

function totals(document: Document, { totals, currency }: Draft): void {
  const sums: [string, number][] = [
    ['Net', totals.net],
    ['Tax', totals.tax],
    ['Total', totals.total]
  ]
  for (const [name, amount] of sums) {
    const font = name === 'Total' ? BOLD : REGULAR
    row(document, font, { text: '', quantity: '', price: name, tax: '', net: showMoney(amount, currency) })
  }
}

function row(document: Document, font: string, cells: Readonly<Record<keyof typeof COLUMNS, string>>): void {
  document.font(font).fontSize(9)
  const height = Math.max(
    ...columns().map(([name, [, width]]) => document.heightOfString(cells[name] || ' ', { width }))
  )
  if (document.y + height > LOWEST) document.addPage()
  const { y } = document
  for (const [name, [x, width]] of columns()) {
    document.text(cells[name], x, y, { width, align: name === 'text' ? 'left' : 'right' })
  }
  document.x = MARGIN
  document.y = y + height + 6
}

function columns() {
  return Object.entries(COLUMNS) as [keyof typeof COLUMNS, readonly [number, number]][]
}

function rule(document: Document): void {
  document
    .moveTo(MARGIN, document.y)
    .lineTo(MARGIN + WIDTH, document.y)
    .lineWidth(0.5)
    .stroke()
  document.y += 6
}
