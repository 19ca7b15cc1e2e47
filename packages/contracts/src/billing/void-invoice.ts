import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { AggregateId } from '../scalars.ts'
import { InvoiceReason } from './invoice.ts'

export const VoidInvoice = defineCommand({
  service: 'billing',
  name: 'VoidInvoice',
  description: 'Makes a draft or an unpaid invoice void; the page to pay it on is closed.',
  data: Type.Object({ invoiceId: AggregateId, reason: InvoiceReason }, { additionalProperties: false }),
  result: Type.Object({ invoiceId: AggregateId }),
  refusals: {
    BILLING_INVOICE_UNKNOWN: 'there is no such invoice',
    BILLING_INVOICE_NOT_VOIDABLE: 'something was paid or credited; issue a credit note instead'
  }
})
