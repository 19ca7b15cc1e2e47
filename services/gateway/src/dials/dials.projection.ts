import {
  CallCancelRequested,
  CallNotPlaced,
  CallRequested,
  DialCleared,
  DialPlaced,
  PersonErased,
  type ContactCheck,
  type ContactPurpose,
  type DialTarget,
  type EventOf,
  type NotPlacedReason
} from '@leadlog/contracts'
import { column, defineProjection, type RowOfColumns } from '@leadlog/projections'
import { ownLeadsOnly } from '../database/row-policies.ts'

const columns = {
  id: column.text({ primaryKey: true }),
  sequence: column.bigint(),
  person_id: column.text({ nullable: true }),
  lead_id: column.text({ nullable: true }),
  number: column.text({ nullable: true }),
  number_digits: column.text({ nullable: true }),
  ours: column.text({ nullable: true }),
  connect: column.jsonb<DialTarget>({ nullable: true }),
  purpose: column.text<ContactPurpose>({ nullable: true }),
  why: column.text({ nullable: true }),
  /** Who asked. */
  by: column.text({ nullable: true }),
  state: column.text<'waiting' | 'placed' | 'not-placed'>(),
  call_id: column.text({ nullable: true }),
  canceled: column.boolean(),
  reason: column.text<NotPlacedReason>({ nullable: true }),
  code: column.text({ nullable: true }),
  /** What was looked at last before it was placed, or was not. */
  proof: column.jsonb<ContactCheck>({ nullable: true }),
  requested_at: column.timestamptz(),
  place_before: column.timestamptz({ nullable: true }),
  changed_at: column.timestamptz()
}

export type DialRow = RowOfColumns<typeof columns>

const dialEvents = [CallRequested, DialCleared, DialPlaced, CallNotPlaced, CallCancelRequested] as const
type DialEvent = EventOf<(typeof dialEvents)[number]>

/** Calls that were asked for: what became of each, also of those that nobody was dialled for, with the proof. */
export const dials = defineProjection({
  name: 'gateway-dials',
  version: 1,
  table: 'gateway.dials',
  columns,
  indexes: [
    { on: 'requested_at desc, id desc' },
    { on: 'lead_id, requested_at desc, id desc', where: 'lead_id is not null' },
    { on: 'number_digits, requested_at desc, id desc' },
    { on: 'person_id' }
  ],
  on: [...dialEvents, PersonErased],
  key: (event: DialEvent | EventOf<typeof PersonErased>) =>
    'erasureId' in event.data ? (event.data.dialIds ?? []) : event.data.dialId,
  evolve: {
    [PersonErased.type]: () => null,
    [CallRequested.type]: (row, event, id) =>
      newer(row, event, id, event.data.requestedAt, (before) => {
        const { personId, leadId, to, from, connect, purpose, why, requestedAt, placeBefore } = event.data
        return {
          ...before,
          person_id: personId,
          lead_id: leadId,
          number: to,
          number_digits: to?.replace(/\D/g, '') ?? null,
          ours: from,
          connect,
          purpose,
          why,
          by: event.actor,
          requested_at: requestedAt,
          place_before: placeBefore
        }
      }),
    [DialCleared.type]: (row, event, id) =>
      newer(row, event, id, event.data.at, (before) => ({ ...before, proof: event.data.check })),
    [DialPlaced.type]: (row, event, id) =>
      newer(row, event, id, event.data.at, (before) => ({ ...before, state: 'placed', call_id: event.data.callId })),
    [CallNotPlaced.type]: (row, event, id) =>
      newer(row, event, id, event.data.at, (before) => {
        const { reason, code, check } = event.data
        return { ...before, state: 'not-placed', reason, code, proof: check ?? before.proof }
      }),
    [CallCancelRequested.type]: (row, event, id) =>
      newer(row, event, id, event.data.at, (before) => ({ ...before, canceled: true }))
  },
  isShown: (row) => row.person_id !== null,
  setup: ownLeadsOnly('lead_id')
})

function newer(
  row: DialRow | null,
  event: DialEvent,
  id: string,
  at: string,
  change: (before: DialRow) => DialRow
): DialRow {
  if (row !== null && event.sequence <= row.sequence) return row
  return { ...change(row ?? blank(id, at)), sequence: event.sequence, changed_at: at }
}

function blank(id: string, at: string): DialRow {
  return {
    id,
    sequence: 0,
    person_id: null,
    lead_id: null,
    number: null,
    number_digits: null,
    ours: null,
    connect: null,
    purpose: null,
    why: null,
    by: null,
    state: 'waiting',
    call_id: null,
    canceled: false,
    reason: null,
    code: null,
    proof: null,
    requested_at: at,
    place_before: null,
    changed_at: at
  }
}
