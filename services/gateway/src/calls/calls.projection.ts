import {
  CallAdvanced,
  CallAttributed,
  CallConnected,
  CallEnded,
  CallFellBack,
  CallPlaced,
  CallReceived,
  CallRecordingReported,
  CallStatusReported,
  CallTransferCompletionRequested,
  CallTransferMoved,
  CallTransferProgressed,
  CallTransferRequested,
  PersonErased,
  type DataOf,
  type EventOf
} from '@leadlog/contracts'
import { defineProjection } from '@leadlog/projections'
import { furtherReport, isEnd } from '@leadlog/call-flow'
import { ownLeadsOnly } from '../database/row-policies.ts'
import { later } from '../leads/lead-facts.ts'
import { searchable, SEARCH_INDEX } from '../search/search-functions.ts'
import { searchText } from '../search/search-text.ts'
import { callColumns, CALLS_FINDER, CALLS_TABLE, type CallRow, type StoredTransfer } from './calls.table.ts'

const callEvents = [
  CallPlaced,
  CallConnected,
  CallReceived,
  CallAdvanced,
  CallFellBack,
  CallStatusReported,
  CallEnded,
  CallRecordingReported,
  CallTransferRequested,
  CallTransferMoved,
  CallTransferCompletionRequested,
  CallTransferProgressed,
  CallAttributed
] as const

type CallEvent = EventOf<(typeof callEvents)[number]>

/** Every call: who, through which flow, what they did at each turn, and how it ended. */
export const calls = defineProjection({
  name: 'gateway-calls',
  version: 5,
  table: CALLS_TABLE,
  columns: callColumns,
  indexes: [
    { on: 'started_at desc, id desc' },
    { on: 'started_at desc, id desc', where: 'live' },
    { on: 'lead_id, started_at desc, id desc', where: 'lead_id is not null' },
    { on: 'person_id' },
    { on: 'number_digits, started_at desc, id desc' },
    { on: 'flow_id, started_at desc, id desc', where: 'flow_id is not null' },
    SEARCH_INDEX
  ],
  on: [...callEvents, PersonErased],
  key: (event: CallEvent | EventOf<typeof PersonErased>) =>
    'callIds' in event.data ? event.data.callIds : event.data.callId,
  evolve: {
    [PersonErased.type]: () => null,
    [CallPlaced.type]: (row, event, id) =>
      newer(row, event, id, event.data.placedAt, (before) => ({
        ...before,
        ...placedBy(before, event.data),
        started_at: earlier(before.started_at, event.data.placedAt)
      })),
    [CallConnected.type]: (row, event, id) =>
      newer(row, event, id, event.data.connectedAt, (before) => ({
        ...before,
        ...placedBy(before, event.data),
        ...answeredWith(event.data)
      })),
    [CallReceived.type]: (row, event, id) =>
      newer(row, event, id, event.data.receivedAt, (before) => ({
        ...before,
        person_id: event.data.personId,
        lead_id: event.data.leadId,
        call_sid: event.data.callSid,
        direction: 'inbound',
        ...withNumber(event.data.from),
        ours: event.data.to,
        ...answeredWith(event.data)
      })),
    [CallAdvanced.type]: (row, event, id) =>
      newer(row, event, id, event.data.at, (before) => ({
        ...before,
        person_id: before.person_id ?? event.data.personId,
        step: event.data.position?.step ?? null,
        step_since: event.data.position?.step === before.step ? before.step_since : event.data.at,
        turns: [...before.turns, turnOf(event)]
      })),
    [CallFellBack.type]: (row, event, id) =>
      newer(row, event, id, event.data.at, (before) => ({
        ...before,
        call_sid: before.call_sid ?? event.data.callSid,
        step: null,
        step_since: null,
        fell_back: { reason: event.data.reason, number: event.data.number, at: event.data.at }
      })),
    [CallStatusReported.type]: (row, event, id) =>
      newer(row, event, id, event.data.reportedAt, (before) => {
        const { callSid, personId, leadId, direction, number, ours, reportedAt } = event.data
        const lead_id = before.is_attributed ? before.lead_id : leadId
        const { status, sequence, durationSeconds } = event.data
        const told = before.received
          ? {}
          : {
              person_id: before.person_id ?? personId,
              lead_id,
              call_sid: callSid,
              direction,
              ours,
              ...withNumber(number)
            }
        const report = furtherReport(before.report, { status, sequence, durationSeconds, reportedAt })
        return { ...before, ...told, report, started_at: earlier(before.started_at, reportedAt) }
      }),
    [CallEnded.type]: (row, event, id) =>
      newer(row, event, id, event.data.endedAt, (before) => ({
        ...before,
        ended_at: event.data.endedAt,
        duration_seconds: event.data.durationSeconds
      })),
    [CallRecordingReported.type]: (row, event, id) =>
      newer(row, event, id, event.data.startedAt ?? event.time, (before) => ({
        ...before,
        recordings: withRecording(before.recordings, event)
      })),
    [CallTransferRequested.type]: (row, event, id) =>
      newer(row, event, id, event.data.at, (before) => {
        const { transferId, conferenceId, dialId, to, why, at } = event.data
        const began = { completionRequested: false, stage: 'moving' as const, requestedAt: at, stageAt: at }
        return { ...before, transfer: { transferId, conferenceId, dialId, to, why, ...began } }
      }),
    [CallTransferMoved.type]: (row, event, id) => newer(row, event, id, event.data.at, (before) => before),
    [CallTransferCompletionRequested.type]: (row, event, id) =>
      newer(row, event, id, event.data.at, (before) =>
        withTransfer(before, event.data.transferId, { completionRequested: true })
      ),
    [CallTransferProgressed.type]: (row, event, id) =>
      newer(row, event, id, event.data.at, (before) =>
        withTransfer(before, event.data.transferId, { stage: event.data.stage, stageAt: event.data.at })
      ),
    // Of a call whose person was erased there is nothing to show.
    [CallAttributed.type]: (row, event, id) =>
      row &&
      newer(row, event, id, row.last_heard_at, (before) => ({
        ...before,
        lead_id: event.data.leadId,
        is_attributed: true
      }))
  },
  isShown: (row) => row.person_id !== null,
  setup: (table) => [
    ...ownLeadsOnly('lead_id')(table),
    ...searchable({
      finder: CALLS_FINDER,
      table: CALLS_TABLE,
      shown: 's.person_id is not null',
      newest: 's.started_at',
      lead: 's.lead_id'
    })
  ]
})

/** Applies what is newer than the row, and says where the call stands then. @param at own time of the fact */
function newer(
  row: CallRow | null,
  event: CallEvent,
  id: string,
  at: string,
  change: (before: CallRow) => CallRow
): CallRow {
  if (row !== null && event.sequence <= row.sequence) return row
  const next = change(row ?? blank(id, at))
  const status = statusOf(next)
  return {
    ...next,
    sequence: event.sequence,
    status,
    live: !isEnd(status),
    last_heard_at: later(next.last_heard_at, at),
    events: [...next.events, { id: event.id, type: event.type, at }],
    search: searchText([], next.number_digits)
  }
}

/** A call that Twilio asked us about is answered, whatever a report from before says. */
function statusOf({ report, received }: CallRow): CallRow['status'] {
  if (report !== null && isEnd(report.status)) return report.status
  return received ? 'in-progress' : (report?.status ?? 'queued')
}

function blank(id: string, at: string): CallRow {
  return {
    id,
    sequence: 0,
    person_id: null,
    lead_id: null,
    is_attributed: false,
    call_sid: null,
    dial_id: null,
    direction: 'inbound',
    number: null,
    number_digits: null,
    ours: null,
    status: 'queued',
    live: true,
    report: null,
    received: false,
    flow_id: null,
    flow_version: null,
    variables: {},
    step: null,
    step_since: null,
    fell_back: null,
    transfer: null,
    started_at: at,
    ended_at: null,
    duration_seconds: null,
    last_heard_at: at,
    turns: [],
    recordings: {},
    events: [],
    search: ''
  }
}

/** What both say of a call of ours: that it was placed, and that it was answered. */
function placedBy(before: CallRow, data: DataOf<typeof CallPlaced | typeof CallConnected>) {
  return {
    dial_id: data.dialId,
    person_id: data.personId,
    lead_id: before.is_attributed ? before.lead_id : data.leadId,
    call_sid: data.callSid,
    direction: 'outbound',
    ...withNumber(data.to ?? ''),
    ours: data.from
  } satisfies Partial<CallRow>
}

/** Which flow the call goes through, and with what. */
function answeredWith({ flow, variables }: DataOf<typeof CallReceived | typeof CallConnected>) {
  return {
    received: true,
    flow_id: flow?.flowId ?? null,
    flow_version: flow?.version ?? null,
    variables
  } satisfies Partial<CallRow>
}

function withNumber(number: string): Pick<CallRow, 'number' | 'number_digits'> {
  const digits = number.replace(/\D/g, '')
  return { number, number_digits: digits === '' ? null : digits }
}

function withTransfer(
  row: CallRow,
  transferId: string,
  change: Partial<Pick<StoredTransfer, 'completionRequested' | 'stage' | 'stageAt'>>
): CallRow {
  const { transfer } = row
  return transfer?.transferId === transferId ? { ...row, transfer: { ...transfer, ...change } } : row
}

function turnOf({ id, data }: EventOf<typeof CallAdvanced>): CallRow['turns'][number] {
  const { turn, at, input, steps, position, outcome } = data
  return { eventId: id, turn, at, input, steps, position, outcome }
}

/** How far Twilio is with a recording; its reports come in any order too. */
const RECORDING_RANK: Readonly<Record<string, number>> = { 'in-progress': 0 }

function withRecording(
  before: CallRow['recordings'],
  { data }: EventOf<typeof CallRecordingReported>
): CallRow['recordings'] {
  const { callId: _callId, callSid: _callSid, ...recording } = data
  const known = before[recording.recordingSid]
  const rank = (status: string): number => RECORDING_RANK[status] ?? 1
  return known !== undefined && rank(known.status) > rank(recording.status)
    ? before
    : { ...before, [recording.recordingSid]: recording }
}

const earlier = (a: string, b: string): string => (Date.parse(b) < Date.parse(a) ? b : a)
