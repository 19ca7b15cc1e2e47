import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { AggregateId } from '../scalars.ts'
import { InvoiceReason } from './invoice.ts'
import { MinorUnits } from './money.ts'

export const IssueCreditNote = defineCommand({
  service: 'billing',
  name: 'IssueCreditNote',
  description:
    'Takes back a part of an invoice that was sent, or what is left of it. Money that was paid is given back at Stripe.',
  data: Type.Object(
    {
      invoiceId: AggregateId,
      lines: Type.Optional(
        Type.Array(
          Type.Object(
            {
              line: Type.Integer({ minimum: 1, maximum: 200, description: 'which, from 1' }),
              total: Type.Integer({ minimum: 1, maximum: 999_999_999_999, description: 'with its tax, in minor units' })
            },
            { additionalProperties: false }
          ),
          { minItems: 1, maxItems: 200, description: 'without them all that is left is credited' }
        )
      ),
      reason: InvoiceReason
    },
    { additionalProperties: false }
  ),
  result: Type.Object({ creditNoteId: AggregateId, number: Type.String(), total: MinorUnits }),
  refusals: {
    BILLING_INVOICE_UNKNOWN: 'there is no such invoice',
    BILLING_INVOICE_NOT_SENT: 'a draft or a void invoice needs no credit note',
    BILLING_CREDIT_TOO_LARGE: 'a line has less left, there is no such line, or it is named twice',
    BILLING_NOTHING_TO_CREDIT: 'everything is credited already'
  }
})
