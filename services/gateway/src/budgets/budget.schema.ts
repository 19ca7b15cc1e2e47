import { Nullable, OneOf, Timestamp } from '@leadlog/contracts'
import { LANES } from '@leadlog/outbound/forecast'
import { Type, type Static } from '@sinclair/typebox'

const share = (description: string) => Nullable(Type.Number({ minimum: 0, description }))

const Lane = Type.Object({
  lane: OneOf(...LANES),
  waiting: Type.Integer({ description: 'calls that wait, those that still stand in the log included' }),
  perMinute: Type.Number({ description: 'calls a minute in the last minutes' }),
  pausedUntil: Nullable(Timestamp),
  doneAt: Nullable(
    Type.Unsafe<string>({
      ...Timestamp,
      description: 'when what waits now is done; null where nothing waits or it takes longer than a week'
    })
  ),
  dayShareWhenDone: share("the part of the day's quota that is used by then"),
  dayReachedAt: Nullable(
    Type.Unsafe<string>({
      ...Timestamp,
      description: "from when the lane stands still because its part of the day's quota is used up"
    })
  ),
  notToday: Type.Integer({ description: "calls that the day's quota leaves for another day" })
})

/** One vendor account's budget with its forecast. */
export const BudgetAnswer = Type.Object({
  vendor: Type.String(),
  account: Type.String({ description: 'tells accounts of one vendor apart; a hash where it would say more' }),
  at: Timestamp,
  minute: Type.Object({
    used: Type.Integer(),
    limit: Type.Integer(),
    sustained: Type.Integer({ description: 'calls a minute that go on and on' })
  }),
  day: Type.Object({
    used: Type.Integer({ description: 'calls of the last 24 hours' }),
    limit: Nullable(Type.Integer()),
    share: share('0 to 1; null where the vendor has no quota of the day'),
    usedAtEndOfDay: Type.Integer(),
    shareAtEndOfDay: share('as the traffic of the last minutes and what waits would have it'),
    endsAt: Timestamp
  }),
  lanes: Type.Array(Lane),
  words: Type.Array(Type.String(), { description: 'the same as a person says it, trouble first; times in UTC' })
})

export const Budgets = Type.Object({
  shared: Type.Boolean({ description: 'false without Redis: then each process keeps to a part of its own' }),
  data: Type.Array(BudgetAnswer)
})
export type Budgets = Static<typeof Budgets>
