import { CallReceived, NumberAssigned, type EventOf } from '@leadlog/contracts'
import { column, defineProjection, type RowOf } from '@leadlog/projections'
import { allReadersOnly } from '../database/row-policies.ts'

/** Our numbers: those that a flow was assigned to, and those that somebody called. */
export const phoneNumbers = defineProjection({
  name: 'gateway-phone-numbers',
  version: 1,
  table: 'gateway.phone_numbers',
  columns: {
    /** The number's figures. */
    id: column.text({ primaryKey: true }),
    number: column.text(),
    flow_id: column.text({ nullable: true }),
    /** Null while nobody decided about the number. */
    assigned_at: column.timestamptz({ nullable: true }),
    assigned_by: column.text({ nullable: true }),
    first_seen_at: column.timestamptz()
  },
  on: [NumberAssigned, CallReceived],
  key: (event: EventOf<typeof NumberAssigned | typeof CallReceived>) => {
    const number = 'number' in event.data ? event.data.number : event.data.to
    return /^\+\d{5,15}$/.test(number) ? number.slice(1) : null
  },
  evolve: {
    [NumberAssigned.type]: (row, { data, time, actor }, id) => ({
      id,
      number: data.number,
      flow_id: data.flowId,
      assigned_at: time,
      assigned_by: actor,
      first_seen_at: row?.first_seen_at ?? time
    }),
    [CallReceived.type]: (row, { data }, id) =>
      row ?? {
        id,
        number: data.to,
        flow_id: null,
        assigned_at: null,
        assigned_by: null,
        first_seen_at: data.receivedAt
      }
  },
  setup: allReadersOnly
})

export type PhoneNumberRow = RowOf<typeof phoneNumbers>
