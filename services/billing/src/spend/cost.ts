import {
  CostCorrected,
  CostRecorded,
  isEvent,
  newEvent,
  type AggregateRef,
  type DataOf,
  type NewEvent,
  type RecordedEvent
} from '@leadlog/contracts'

/** What something cost, as its cause tells it. */
export type Cost = DataOf<typeof CostRecorded>

export function costRef(costId: string): AggregateRef {
  return { context: 'billing', aggregate: 'cost', id: costId }
}

/** Takes down a cost: once, and again where what told of it last tells another price. Pure. */
export function recordCost(history: readonly RecordedEvent[], cost: Cost): readonly NewEvent[] {
  const counted = countedOf(history)
  if (counted === null) return [newEvent(CostRecorded, cost.costId, cost)]
  const { costId, amountMicros, currency, causeId, causeType, causeSequence } = cost
  // In another currency it would count in two budgets; Twilio's prices are in that of the account.
  if (counted.causeSequence >= causeSequence || counted.currency !== currency) return []
  if (counted.amountMicros === amountMicros) return []
  return [
    newEvent(CostCorrected, costId, {
      costId,
      amountMicros,
      previousMicros: counted.amountMicros,
      currency,
      usedAt: counted.usedAt,
      causeId,
      causeType,
      causeSequence
    })
  ]
}

function countedOf(history: readonly RecordedEvent[]) {
  const last = history.findLast((event) => isEvent(event, CostRecorded) || isEvent(event, CostCorrected))
  return last === undefined ? null : (last.data as Pick<Cost, 'amountMicros' | 'currency' | 'usedAt' | 'causeSequence'>)
}
