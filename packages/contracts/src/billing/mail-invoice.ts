import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { AggregateId } from '../scalars.ts'

export const MailInvoice = defineCommand({
  service: 'billing',
  name: 'MailInvoice',
  description: 'Mails an invoice that was sent before once more.',
  data: Type.Object({ invoiceId: AggregateId }, { additionalProperties: false }),
  result: Type.Object({ invoiceId: AggregateId }),
  refusals: {
    BILLING_INVOICE_UNKNOWN: 'there is no such invoice',
    BILLING_INVOICE_NOT_SENT: 'a draft or a void invoice is not mailed',
    BILLING_MAIL_NOT_CONFIGURED: 'nothing can be mailed: set SMTP_URL',
    BILLING_CUSTOMER_ERASED: 'the customer was erased'
  }
})
