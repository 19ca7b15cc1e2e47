import { Type } from '@sinclair/typebox'
import { defineEvent } from '../event/define-event.ts'
import { AggregateId, Timestamp } from '../scalars.ts'
import { costFields, Micros } from './cost.ts'
import { Currency } from './money.ts'

export const CostCorrected = defineEvent({
  type: 'billing.CostCorrected.v1',
  aggregate: 'cost',
  description: 'Who charges it changed the price of something that was used. It counts for the day of use, as before.',
  data: Type.Object({
    costId: AggregateId,
    amountMicros: Micros,
    /** What counted until now. */
    previousMicros: Micros,
    currency: Currency,
    usedAt: Timestamp,
    causeId: costFields.causeId,
    causeType: costFields.causeType,
    causeSequence: costFields.causeSequence
  })
})
