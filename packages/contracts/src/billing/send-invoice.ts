import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { AggregateId, Timestamp } from '../scalars.ts'

export const SendInvoice = defineCommand({
  service: 'billing',
  name: 'SendInvoice',
  description:
    'Gives a draft its number, opens a page to pay it on, and mails it with the link. It does not change any more.',
  data: Type.Object(
    {
      invoiceId: AggregateId,
      mail: Type.Optional(Type.Boolean({ description: 'false: it is not mailed' }))
    },
    { additionalProperties: false }
  ),
  result: Type.Object({ invoiceId: AggregateId, number: Type.String(), dueAt: Timestamp }),
  refusals: {
    BILLING_INVOICE_UNKNOWN: 'there is no such invoice',
    BILLING_INVOICE_NOT_DRAFT: 'the invoice was sent before, or is void',
    BILLING_MAIL_NOT_CONFIGURED: 'nothing can be mailed: set SMTP_URL, or send it with mail: false'
  }
})
