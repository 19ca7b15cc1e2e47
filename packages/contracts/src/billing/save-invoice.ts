import { Type, type Static } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { pii } from '../event/pii.ts'
import { AggregateId } from '../scalars.ts'
import { InvoiceCustomer } from './invoice.ts'
import { Currency, Discount, MinorUnits, Percent, Quantity } from './money.ts'

/** A line as it is asked for: of the catalogue, or free. What is given wins over what the catalogue says. */
export const RequestedLine = Type.Object(
  {
    itemId: Type.Optional(AggregateId),
    description: Type.Optional(Type.String({ minLength: 1, maxLength: 500, description: 'needed without itemId' })),
    quantity: Quantity,
    unitPrice: Type.Optional(MinorUnits),
    taxRate: Type.Optional(Percent),
    discount: Type.Optional(Discount)
  },
  { additionalProperties: false }
)
export type RequestedLine = Static<typeof RequestedLine>

export const SaveInvoice = defineCommand({
  service: 'billing',
  name: 'SaveInvoice',
  description: 'Writes an invoice down as a draft, or changes a draft, and reckons it.',
  data: Type.Object(
    {
      invoiceId: Type.Optional(
        Type.String({
          pattern: '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$',
          description: 'a UUID; of a draft to change it, or of a new one'
        })
      ),
      expectedDraft: Type.Optional(
        Type.Integer({
          minimum: 0,
          description: 'the draft that is changed, 0 for none; where another came between, nothing is saved'
        })
      ),
      customer: pii(InvoiceCustomer),
      leadId: Type.Optional(AggregateId),
      currency: Currency,
      lines: pii(Type.Array(RequestedLine, { minItems: 1, maxItems: 200 })),
      discount: Type.Optional(Discount),
      dueDays: Type.Optional(
        Type.Integer({ minimum: 0, maximum: 365, description: 'from sending; 14 where not given' })
      )
    },
    { additionalProperties: false }
  ),
  result: Type.Object({
    invoiceId: AggregateId,
    draft: Type.Integer(),
    net: MinorUnits,
    tax: MinorUnits,
    total: MinorUnits,
    currency: Currency
  }),
  refusals: {
    BILLING_EMAIL_INVALID: 'the e-mail address of the customer is not one address that can be written to',
    BILLING_CURRENCY_UNKNOWN: 'the currency is none of ISO 4217',
    BILLING_ITEM_UNKNOWN: 'a line names a service that the catalogue does not have',
    BILLING_ITEM_ARCHIVED: 'a line names a service that is not offered any more',
    BILLING_ITEM_OTHER_CURRENCY:
      'a line names a service with a price in another currency; give the price with the line',
    BILLING_LINE_INCOMPLETE: 'a line without a service needs description, unitPrice and taxRate',
    BILLING_DISCOUNT_TOO_LARGE: 'more is taken off than there is',
    BILLING_AMOUNT_TOO_LARGE: 'the invoice comes to more than can be handled',
    BILLING_DRAFT_CHANGED: 'somebody else saved the draft meanwhile',
    BILLING_INVOICE_NOT_DRAFT: 'the invoice was sent or is void; what was sent is corrected by a credit note'
  },
  personAddress: ({ customer }) => customer.email
})
