import type { InvoiceStatus } from '@leadlog/contracts'
import type { PrintedCreditNote, PrintedInvoice } from '@leadlog/invoice-pdf'
import { sql, type RawBuilder } from 'kysely'
import type { ReadDatabase } from '../database/database.ts'
import { onPage, toPage, type Order, type Page, type PageRequest } from '../query/page.ts'
import type { Invoice, InvoiceDetail, InvoiceSums } from './invoice.schema.ts'
import type { InvoiceRow } from './invoices.projection.ts'

export interface InvoiceFilter {
  readonly state: InvoiceStatus | undefined
  readonly leadId: string | undefined
  /** A part of the customer's name, company or address, or of the number. */
  readonly customer: string | undefined
  readonly currency: string | undefined
  readonly overdue: 'true' | 'false' | undefined
  readonly from: string | undefined
  readonly to: string | undefined
}

export type InvoiceSort = '-datedAt' | 'datedAt' | 'dueAt' | '-dueAt' | '-changedAt' | 'changedAt'

/** Where a due day stands that there is none of: at the end. */
const NEVER = sql`timestamptz '9999-12-31 00:00:00+00'`
const SORTED_BY = {
  datedAt: sql<string>`i.dated_at`,
  dueAt: sql<string>`coalesce(i.due_at, ${NEVER})`,
  changedAt: sql<string>`i.changed_at`
} as const

const SHORT = [
  'i.id',
  'i.lead_id',
  'i.status',
  'i.number',
  'i.customer',
  'i.currency',
  'i.total',
  'i.paid',
  'i.credited',
  'i.refunded',
  'i.parked',
  'i.saved_at',
  'i.issued_at',
  'i.due_at',
  'i.mailed_at',
  'i.paid_at',
  'i.changed_at'
] as const
type ShortRow = Pick<
  InvoiceRow,
  (typeof SHORT)[number] extends `i.${infer Name extends keyof InvoiceRow}` ? Name : never
>

/** A page of invoices. */
export async function findInvoices(
  db: ReadDatabase,
  filter: InvoiceFilter,
  sort: InvoiceSort,
  page: PageRequest
): Promise<Page<Invoice>> {
  const column = SORTED_BY[sort.replace('-', '') as keyof typeof SORTED_BY]
  const order: Order = { sort, column, type: 'time', id: 'i.id' }
  const query = db
    .selectFrom('gateway.invoices as i')
    .select(SHORT)
    .select(column.as('sort_value'))
    .where(matches(filter))
  return toPage(await onPage(query, order, page).execute(), order, page.limit, invoiceOf)
}

/** What the invoices come to, by currency. */
export async function sumInvoices(db: ReadDatabase, filter: InvoiceFilter): Promise<InvoiceSums[]> {
  return db
    .selectFrom('gateway.invoices as i')
    .select([
      'i.currency',
      sql<number>`count(*)`.as('count'),
      sql<number>`sum(i.total)::bigint`.as('total'),
      sql<number>`sum(i.paid)::bigint`.as('paid'),
      sql<number>`sum(i.credited)::bigint`.as('credited'),
      sql<number>`coalesce(sum(greatest(0, i.total - i.paid - i.credited))
        filter (where i.status in ('sent', 'overdue')), 0)::bigint`.as('balance')
    ])
    .where(matches(filter))
    .groupBy('i.currency')
    .orderBy('i.currency')
    .execute()
}

/** One invoice; null for an unknown id. */
export async function findInvoice(db: ReadDatabase, id: string): Promise<InvoiceDetail | null> {
  const row = await rowOf(db, id)
  return row ? detailOf(row) : null
}

/** What is printed of an invoice; null for an unknown id. */
export async function findPrintedInvoice(db: ReadDatabase, id: string): Promise<PrintedInvoice | null> {
  const row = await rowOf(db, id)
  if (!row) return null
  const { number, issued_at: issuedAt, due_at: dueAt } = row
  return {
    ...printedBy(row),
    sent: number === null || issuedAt === null || dueAt === null ? null : { number, issuedAt, dueAt },
    savedAt: row.saved_at,
    voided: row.status === 'void',
    lines: row.lines,
    totals: row.totals
  }
}

/** What is printed of a credit note; null where the invoice has none of this id. */
export async function findPrintedCreditNote(
  db: ReadDatabase,
  id: string,
  creditNoteId: string
): Promise<PrintedCreditNote | null> {
  const row = await rowOf(db, id)
  const note = row?.credit_notes.find((one) => one.creditNoteId === creditNoteId)
  if (!row || note === undefined) return null
  return {
    ...printedBy(row),
    seller: note.seller ?? row.seller,
    number: note.number,
    invoiceNumber: row.number ?? '',
    issuedAt: note.issuedAt,
    lines: note.lines,
    taxRates: row.lines.map(({ taxRate }) => taxRate),
    net: note.net,
    tax: note.tax,
    total: note.total
  }
}

function rowOf(db: ReadDatabase, id: string): Promise<InvoiceRow | undefined> {
  return db.selectFrom('gateway.invoices').selectAll().where('id', '=', id).executeTakeFirst()
}

function printedBy({ seller, customer, currency, texts }: InvoiceRow) {
  return { seller, customer, currency, texts }
}

function matches({ state, leadId, customer, currency, overdue, from, to }: InvoiceFilter): RawBuilder<boolean> {
  const wanted = [sql`true`]
  if (state !== undefined) wanted.push(sql`i.status = ${state}`)
  if (leadId !== undefined) wanted.push(sql`i.lead_id = ${leadId}`)
  if (customer !== undefined) wanted.push(sql`strpos(i.words, lower(${customer})) > 0`)
  if (currency !== undefined) wanted.push(sql`i.currency = ${currency}`)
  if (overdue !== undefined) wanted.push(overdue === 'true' ? sql`i.status = 'overdue'` : sql`i.status <> 'overdue'`)
  if (from !== undefined) wanted.push(sql`i.dated_at >= ${from}::timestamptz`)
  if (to !== undefined) wanted.push(sql`i.dated_at < ${to}::timestamptz`)
  return sql<boolean>`${sql.join(wanted, sql` and `)}`
}

function invoiceOf(row: ShortRow): Invoice {
  const isOwed = row.status === 'sent' || row.status === 'overdue'
  return {
    id: row.id,
    leadId: row.lead_id,
    status: row.status,
    number: row.number,
    customer: row.customer,
    currency: row.currency,
    total: row.total,
    paid: row.paid,
    credited: row.credited,
    refunded: row.refunded,
    balance: isOwed ? Math.max(0, row.total - row.paid - row.credited) : 0,
    needsPerson: row.parked.length > 0,
    savedAt: row.saved_at,
    issuedAt: row.issued_at,
    dueAt: row.due_at,
    mailedAt: row.mailed_at,
    paidAt: row.paid_at,
    changedAt: row.changed_at
  }
}

function detailOf(row: InvoiceRow): InvoiceDetail {
  return {
    ...invoiceOf(row),
    draft: row.draft,
    lines: row.lines.map((line, index) => ({ text: row.texts[index] ?? '', ...line })),
    discount: row.discount,
    totals: row.totals,
    dueDays: row.due_days,
    seller: row.seller,
    creditNotes: row.credit_notes.map(({ creditNoteId, seller: _seller, lines, ...note }) => ({
      id: creditNoteId,
      lines: [...lines],
      ...note
    })),
    parkedPayments: [...row.parked],
    history: [...row.history]
  }
}
