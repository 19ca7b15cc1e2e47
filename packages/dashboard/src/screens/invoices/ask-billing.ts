import { read } from '../../api/client.ts'
import { useAskBillingFor } from '../../api/use-ask-billing.ts'

interface OfInvoice {
  readonly invoiceId: string
}

const SHOWN = {
  waitFor: (after: number, { invoiceId }: OfInvoice) =>
    read('/v1/invoices/{id}', { path: { id: invoiceId }, query: { after } }),
  paths: [
    '/v1/invoices',
    '/v1/invoices/totals',
    '/v1/invoices/{id}',
    '/v1/payments',
    '/v1/payments/{id}',
    '/v1/parked-payments'
  ]
}

/** Asks billing for something about an invoice or the money for it. */
export const useAskBilling = () => useAskBillingFor<OfInvoice>(SHOWN)
