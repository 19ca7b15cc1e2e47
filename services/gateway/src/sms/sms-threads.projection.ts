import {
  PersonErased,
  SmsAttributed,
  SmsReceived,
  SmsRequested,
  SmsThreadOpened,
  type EventOf
} from '@leadlog/contracts'
import { column, defineProjection, type RowOfColumns } from '@leadlog/projections'
import { ownLeadsOnly } from '../database/row-policies.ts'

const columns = {
  id: column.text({ primaryKey: true }),
  sequence: column.bigint(),
  caller_id: column.text(),
  person_id: column.text(),
  lead_id: column.text({ nullable: true }),
  /** Our number. */
  ours: column.text(),
  /** Theirs; null until the first message tells it. */
  number: column.text({ nullable: true }),
  last_text: column.text({ nullable: true }),
  last_direction: column.text<'in' | 'out'>({ nullable: true }),
  last_at: column.timestamptz(),
  received: column.integer(),
  requested: column.integer()
}

export type SmsThreadRow = RowOfColumns<typeof columns>

type ThreadEvent = EventOf<typeof SmsThreadOpened | typeof SmsReceived | typeof SmsRequested | typeof SmsAttributed>

/** What is written between one of our numbers and one of theirs. */
export const smsThreads = defineProjection({
  name: 'gateway-sms-threads',
  version: 2,
  table: 'gateway.sms_threads',
  columns,
  indexes: [
    { on: 'last_at desc, id desc' },
    { on: 'lead_id, last_at desc, id desc', where: 'lead_id is not null' },
    { on: 'person_id' }
  ],
  on: [SmsThreadOpened, SmsReceived, SmsRequested, SmsAttributed, PersonErased],
  key: (event: ThreadEvent | EventOf<typeof PersonErased>) =>
    'erasureId' in event.data ? (event.data.threadIds ?? []) : event.data.threadId,
  evolve: {
    [PersonErased.type]: () => null,
    [SmsThreadOpened.type]: (row, event, id) =>
      newer(row, event, id, (before) => ({ ...before, ours: event.data.ours, last_at: event.data.openedAt })),
    [SmsReceived.type]: (row, event, id) =>
      newer(row, event, id, (before) => {
        const { from, to, text, receivedAt } = event.data
        const told = { ours: to, number: from, last_text: text, last_direction: 'in' as const, last_at: receivedAt }
        return { ...before, ...told, received: before.received + 1 }
      }),
    [SmsRequested.type]: (row, event, id) =>
      newer(row, event, id, (before) => {
        const { from, to, text, requestedAt } = event.data
        const told = { ours: from, number: to, last_text: text, last_direction: 'out' as const, last_at: requestedAt }
        return { ...before, ...told, requested: before.requested + 1 }
      }),
    // Of somebody who was erased there is nothing to show.
    [SmsAttributed.type]: (row, event, id) => row && newer(row, event, id, (before) => before)
  },
  setup: ownLeadsOnly('lead_id')
})

/** Applies what is newer than the row. Whose it is, the newest event knows best. */
function newer(
  row: SmsThreadRow | null,
  event: ThreadEvent,
  id: string,
  change: (before: SmsThreadRow) => SmsThreadRow
): SmsThreadRow {
  if (row !== null && event.sequence <= row.sequence) return row
  const { callerId, personId, leadId } = event.data
  const next = change(row ?? blank(id, event))
  return { ...next, sequence: event.sequence, caller_id: callerId, person_id: personId, lead_id: leadId }
}

function blank(id: string, { data: { callerId, personId, leadId }, time }: ThreadEvent): SmsThreadRow {
  return {
    id,
    sequence: 0,
    caller_id: callerId,
    person_id: personId,
    lead_id: leadId,
    ours: '',
    number: null,
    last_text: null,
    last_direction: null,
    last_at: time,
    received: 0,
    requested: 0
  }
}
