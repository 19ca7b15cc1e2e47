import {
  ConferenceChangeRequested,
  ConferenceOpened,
  ConferenceReported,
  ParticipantInvited,
  type ConferenceNews,
  type EventOf
} from '@leadlog/contracts'
import { column, defineProjection, type RowOfColumns } from '@leadlog/projections'
import { ownCallsOnly } from '../database/row-policies.ts'

/** What is told of somebody, each with Twilio's count of the news that it is from. */
export interface StoredParticipant {
  readonly callSid: string
  readonly present: Counted
  readonly muted: Counted
  readonly hold: Counted
}

interface Counted {
  readonly value: boolean
  readonly at: number
}

const columns = {
  id: column.text({ primaryKey: true }),
  sequence: column.bigint(),
  name: column.text({ nullable: true }),
  conference_sid: column.text({ nullable: true }),
  /** The call that is handed over in it. */
  transfer_of: column.text({ nullable: true }),
  ended: column.boolean(),
  end_requested: column.boolean(),
  participants: column.jsonb<Readonly<Record<string, StoredParticipant>>>(),
  /** Calls by which somebody may see it. */
  call_ids: column.textArray(),
  dial_ids: column.textArray(),
  opened_at: column.timestamptz(),
  changed_at: column.timestamptz()
}

export type ConferenceRow = RowOfColumns<typeof columns>

type ConferenceEvent = EventOf<
  typeof ConferenceOpened | typeof ParticipantInvited | typeof ConferenceReported | typeof ConferenceChangeRequested
>

/** Conferences, and who is in them. Nothing in it is about a person but the ids of calls. */
export const conferences = defineProjection({
  name: 'gateway-conferences',
  version: 1,
  table: 'gateway.conferences',
  columns,
  indexes: [{ on: 'opened_at desc, id desc' }, { on: 'call_ids', using: 'gin' }],
  on: [ConferenceOpened, ParticipantInvited, ConferenceReported, ConferenceChangeRequested],
  key: (event: ConferenceEvent) => event.data.conferenceId,
  evolve: {
    [ConferenceOpened.type]: (row, event, id) =>
      newer(row, event, id, event.data.openedAt, (before) => {
        const { name, transferOf = null, openedAt } = event.data
        return {
          ...before,
          name,
          transfer_of: transferOf,
          call_ids: withId(before.call_ids, transferOf),
          opened_at: openedAt
        }
      }),
    [ParticipantInvited.type]: (row, event, id) =>
      newer(row, event, id, event.data.at, (before) => ({
        ...before,
        dial_ids: withId(before.dial_ids, event.data.dialId)
      })),
    [ConferenceChangeRequested.type]: (row, event, id) =>
      newer(row, event, id, event.data.at, (before) => ({
        ...before,
        end_requested: before.end_requested || event.data.change.kind === 'end'
      })),
    [ConferenceReported.type]: (row, event, id) =>
      newer(row, event, id, event.data.at, (before) => ({
        ...before,
        conference_sid: event.data.conferenceSid,
        ended: before.ended || event.data.news === 'end',
        participants: withNews(before.participants, event.data),
        call_ids: withId(before.call_ids, event.data.callId)
      }))
  },
  setup: ownCallsOnly('call_ids')
})

const never: Counted = { value: false, at: -1 }

function withNews(
  participants: ConferenceRow['participants'],
  { callId, callSid, news, sequence, muted, hold }: EventOf<typeof ConferenceReported>['data']
): ConferenceRow['participants'] {
  if (callId === null || callSid === null) return participants
  const before = participants[callId] ?? { callSid, present: never, muted: never, hold: never }
  const after: StoredParticipant = {
    callSid,
    present: later(before.present, presence(news), sequence),
    muted: later(before.muted, muted, sequence),
    hold: later(before.hold, hold, sequence)
  }
  return { ...participants, [callId]: after }
}

function presence(news: ConferenceNews): boolean | null {
  return news === 'join' ? true : news === 'leave' ? false : null
}

function later(before: Counted, value: boolean | null, at: number): Counted {
  return value === null || at <= before.at ? before : { value, at }
}

function withId(ids: readonly string[], id: string | null): readonly string[] {
  return id === null || ids.includes(id) ? ids : [...ids, id].sort()
}

function newer(
  row: ConferenceRow | null,
  event: ConferenceEvent,
  id: string,
  at: string,
  change: (before: ConferenceRow) => ConferenceRow
): ConferenceRow {
  if (row !== null && event.sequence <= row.sequence) return row
  return { ...change(row ?? blank(id, at)), sequence: event.sequence, changed_at: at }
}

function blank(id: string, at: string): ConferenceRow {
  return {
    id,
    sequence: 0,
    name: null,
    conference_sid: null,
    transfer_of: null,
    ended: false,
    end_requested: false,
    participants: {},
    call_ids: [],
    dial_ids: [],
    opened_at: at,
    changed_at: at
  }
}
