export { creditNotePdf, invoicePdf } from './documents.ts'
export type { PrintedCreditNote, PrintedInvoice } from './printed.ts'
