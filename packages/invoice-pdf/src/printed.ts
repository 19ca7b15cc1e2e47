import type { CreditedLine, InvoiceCustomer, InvoiceLine, InvoiceSeller, InvoiceTotals } from '@leadlog/contracts'

/** What stands on every document. */
interface Printed {
  /** Null where nobody wrote it down. */
  readonly seller: InvoiceSeller | null
  /** Null once they are erased. */
  readonly customer: InvoiceCustomer | null
  readonly currency: string
  /** What each line is for, in the order of the lines. */
  readonly texts: readonly string[]
}

/** An invoice, as far as it is printed. */
export interface PrintedInvoice extends Printed {
  /** Null for a draft, which has neither number nor dates. */
  readonly sent: { readonly number: string; readonly issuedAt: string; readonly dueAt: string } | null
  /** When the draft was saved; stands in the file where there is no day of issue. */
  readonly savedAt: string
  readonly voided: boolean
  readonly lines: readonly InvoiceLine[]
  readonly totals: InvoiceTotals
}

/** A credit note, as far as it is printed. `texts` are those of the invoice. */
export interface PrintedCreditNote extends Printed {
  readonly number: string
  readonly invoiceNumber: string
  readonly issuedAt: string
  readonly lines: readonly CreditedLine[]
  /** Of the invoice's lines, by their place. */
  readonly taxRates: readonly string[]
  readonly net: number
  readonly tax: number
  readonly total: number
}
