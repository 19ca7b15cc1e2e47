import { FlagSwitched, type FlagName } from '@leadlog/contracts'
import { column, defineProjection, type RowOf } from '@leadlog/projections'
import { allReadersOnly } from '../database/row-policies.ts'

/** The newest switch of each flag: who, when and why. A flag that nobody ever switched has no row, and is on. */
export const flags = defineProjection({
  name: 'gateway-flags',
  version: 1,
  table: 'gateway.flags',
  columns: {
    id: column.text<FlagName>({ primaryKey: true }),
    is_on: column.boolean(),
    switched_at: column.timestamptz(),
    actor: column.text(),
    reason: column.text()
  },
  on: [FlagSwitched],
  key: ({ data }) => data.flag,
  aggregateOf: (id) => [{ context: 'operations', aggregate: 'flag', id }],
  evolve: {
    [FlagSwitched.type]: (_row, { data, time, actor }) => ({
      id: data.flag,
      is_on: data.to === 'on',
      switched_at: time,
      actor,
      reason: data.reason
    })
  },
  setup: allReadersOnly
})

export type FlagRow = RowOf<typeof flags>
