import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, OneOf, Timestamp } from '../scalars.ts'

export const NumberTaken = defineEvent({
  type: 'billing.NumberTaken.v1',
  aggregate: 'series',
  description:
    'The next number of a series went to an invoice or a credit note, in the transaction that sent it. No number is left out and none is given twice.',
  data: Type.Object({
    /** Series and year, such as INV-2026. */
    seriesId: AggregateId,
    /** From 1, without a gap. */
    position: Type.Integer({ minimum: 1 }),
    /** As it stands on the document. */
    number: Type.String(),
    kind: OneOf('invoice', 'credit-note'),
    /** Of the invoice or the credit note. */
    documentId: AggregateId,
    at: Timestamp
  })
})
