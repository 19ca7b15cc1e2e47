/** What shows payments, and is read anew once one was changed here. */
export const PAYMENT_READS = [
  '/v1/payments',
  '/v1/payments/{id}',
  '/v1/parked-payments',
  '/v1/invoices',
  '/v1/invoices/{id}',
  '/v1/invoices/totals'
] as const
