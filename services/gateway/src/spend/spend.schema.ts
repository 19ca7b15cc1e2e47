import { COST_KINDS, CostKind, Nullable, OneOf, SpendThreshold, Timestamp } from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'

export const SPEND_GROUPS = ['day', 'kind', 'lead', 'campaign', 'model'] as const
export type SpendGroupBy = (typeof SPEND_GROUPS)[number]

const Micros = Type.Integer({ description: "millionths of the currency's main unit; exact" })

const KindSums = Type.Partial(Type.Object(Object.fromEntries(COST_KINDS.map((kind) => [kind, Micros]))))

const SpendGroup = Type.Object({
  key: Nullable(
    Type.String({ description: 'day, kind, id of the lead or the campaign, or model; null: what has none' })
  ),
  label: Nullable(Type.String({ description: 'name or address of the lead' })),
  amountMicros: Micros,
  entries: Type.Integer(),
  byKind: Type.Unsafe<Readonly<Partial<Record<CostKind, number>>>>(KindSums)
})
export type SpendGroup = Static<typeof SpendGroup>

const CurrencySpend = Type.Object({
  currency: Type.String(),
  amountMicros: Micros,
  entries: Type.Integer(),
  groups: Type.Array(SpendGroup, { description: 'the dearest first; days in their order' }),
  rest: Nullable(
    Type.Object(
      { groups: Type.Integer(), amountMicros: Micros, entries: Type.Integer() },
      { description: 'what is not shown, where there are more groups than that' }
    )
  )
})
export type CurrencySpend = Static<typeof CurrencySpend>

/** What was spent in a time, in groups; never across currencies. */
export const Spend = Type.Object({
  from: Timestamp,
  to: Timestamp,
  groupBy: OneOf(...SPEND_GROUPS),
  data: Type.Array(CurrencySpend)
})

/** One cost. */
export const SpendEntry = Type.Object({
  id: Type.String(),
  kind: CostKind,
  amountMicros: Micros,
  currency: Type.String(),
  usedAt: Timestamp,
  provider: Type.String(),
  model: Nullable(Type.String()),
  quantity: Nullable(Type.Integer()),
  unit: Nullable(OneOf('tokens', 'seconds', 'segments')),
  leadId: Nullable(Type.String()),
  callId: Nullable(Type.String()),
  messageId: Nullable(Type.String()),
  meetingId: Nullable(Type.String()),
  campaignId: Nullable(Type.String()),
  corrected: Type.Boolean({ description: 'its price was another one before' }),
  causeId: Type.String({ description: 'the event that told the price' }),
  causeType: Type.String()
})
export type SpendEntry = Static<typeof SpendEntry>

const Budget = Type.Object({
  currency: Type.String(),
  usedMicros: Micros,
  budget: Nullable(Type.Integer({ description: "in the currency's minor unit; null: no budget" })),
  budgetMicros: Nullable(Micros),
  leftMicros: Nullable(Type.Integer({ description: 'below zero where more was spent' })),
  forecastMicros: Type.Integer({
    description: "at the month's end, at the pace so far; of another month what it came to"
  }),
  thisMonthOnly: Type.Boolean({ description: 'the budget was set for this month alone' }),
  reached: Type.Array(
    Type.Object({
      threshold: SpendThreshold,
      budget: Type.Integer({ description: 'the budget that it was reached of' }),
      usedMicros: Micros,
      at: Timestamp
    })
  )
})
export type SpendBudget = Static<typeof Budget>

/** What may be spent in a month, and what is used of it. */
export const SpendBudgetAnswer = Type.Object({ month: Type.String(), data: Type.Array(Budget) })
