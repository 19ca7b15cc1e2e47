import { furtherStatus, type SmsReport } from '@leadlog/call-flow'
import {
  PersonErased,
  SmsAttributed,
  SmsDispatched,
  SmsHeld,
  SmsNotSent,
  SmsReceived,
  SmsRequested,
  SmsSent,
  SmsStatusReported,
  isEvent,
  type ContactCheck,
  type ContactPurpose,
  type DataOf,
  type EventOf,
  type OptWord,
  type SmsEncoding
} from '@leadlog/contracts'
import { column, defineProjection, type RowOfColumns } from '@leadlog/projections'
import { ownLeadsOnly } from '../database/row-policies.ts'
import type { MessageStatus } from './sms.schema.ts'

const messageEvents = [
  SmsRequested,
  SmsReceived,
  SmsHeld,
  SmsDispatched,
  SmsSent,
  SmsNotSent,
  SmsStatusReported,
  SmsAttributed
] as const

type MessageEvent = EventOf<(typeof messageEvents)[number]>

/** An event of the message; its trace shows causes and effects. */
interface StoredEvent {
  readonly id: string
  readonly type: string
  readonly at: string
}

const columns = {
  id: column.text({ primaryKey: true }),
  sequence: column.bigint(),
  thread_id: column.text(),
  caller_id: column.text(),
  person_id: column.text(),
  lead_id: column.text({ nullable: true }),
  direction: column.text<'in' | 'out'>(),
  ours: column.text({ nullable: true }),
  number: column.text({ nullable: true }),
  text: column.text({ nullable: true }),
  media: column.jsonb<DataOf<typeof SmsReceived>['media']>(),
  status: column.text<MessageStatus>(),
  word: column.text<OptWord>({ nullable: true }),
  purpose: column.text<ContactPurpose>({ nullable: true }),
  encoding: column.text<SmsEncoding>({ nullable: true }),
  segments: column.integer({ nullable: true }),
  template: column.jsonb<{ readonly templateId: string; readonly version: number }>({ nullable: true }),
  in_reply_to: column.text({ nullable: true }),
  send_at: column.timestamptz({ nullable: true }),
  held_until: column.timestamptz({ nullable: true }),
  expires_at: column.timestamptz({ nullable: true }),
  requested_by: column.text({ nullable: true }),
  /** The last proof that it was looked whether the recipient may be written to. */
  check: column.jsonb<ContactCheck>({ nullable: true }),
  dispatched: column.boolean(),
  message_sid: column.text({ nullable: true }),
  report: column.jsonb<SmsReport>({ nullable: true }),
  not_sent: column.jsonb<{ readonly reason: string; readonly code: string | null; readonly detail: string }>({
    nullable: true
  }),
  at: column.timestamptz(),
  sent_at: column.timestamptz({ nullable: true }),
  events: column.jsonb<readonly StoredEvent[]>()
}

export type SmsMessageRow = RowOfColumns<typeof columns>

/** Every text message: what it says, whether and why it went or not, and how far Twilio is with it. */
export const smsMessages = defineProjection({
  name: 'gateway-sms-messages',
  version: 2,
  table: 'gateway.sms_messages',
  columns,
  indexes: [
    { on: 'thread_id, at desc, id desc' },
    { on: 'person_id' },
    { on: 'lead_id', where: 'lead_id is not null' },
    { on: 'thread_id', where: `status in ('waiting', 'held', 'sending')` }
  ],
  on: [...messageEvents, PersonErased],
  key: (event: MessageEvent | EventOf<typeof PersonErased>) =>
    'erasureId' in event.data ? (event.data.messageIds ?? []) : event.data.messageId,
  evolve: {
    [PersonErased.type]: () => null,
    [SmsRequested.type]: (row, event, id) =>
      newer(row, event, id, event.data.requestedAt, (before) => {
        const { from, to, text, purpose, encoding, segments, template, inReplyTo, sendAt, expiresAt } = event.data
        return {
          ...before,
          ours: from,
          number: to,
          text,
          purpose,
          encoding,
          segments,
          template,
          in_reply_to: inReplyTo,
          send_at: sendAt,
          expires_at: expiresAt,
          requested_by: event.actor
        }
      }),
    [SmsReceived.type]: (row, event, id) =>
      newer(row, event, id, event.data.receivedAt, (before) => {
        const { from, to, text, media, word, messageSid } = event.data
        return { ...before, direction: 'in', ours: to, number: from, text, media, word, message_sid: messageSid }
      }),
    [SmsHeld.type]: (row, event, id) =>
      newer(row, event, id, event.data.at, (before) => ({
        ...before,
        held_until: event.data.until,
        check: event.data.check
      })),
    [SmsDispatched.type]: (row, event, id) =>
      newer(row, event, id, event.data.at, (before) => ({ ...before, dispatched: true, check: event.data.check })),
    [SmsSent.type]: (row, event, id) =>
      newer(row, event, id, event.data.at, (before) => {
        const { messageSid, status, segments, at } = event.data
        const report = furtherStatus(before.report, { status, errorCode: null, reportedAt: at })
        return { ...before, message_sid: messageSid, sent_at: at, segments: segments ?? before.segments, report }
      }),
    [SmsNotSent.type]: (row, event, id) =>
      newer(row, event, id, event.data.at, (before) => {
        const { reason, code, detail, check } = event.data
        return { ...before, not_sent: { reason, code, detail }, check: check ?? before.check }
      }),
    [SmsStatusReported.type]: (row, event, id) =>
      newer(row, event, id, event.data.reportedAt, (before) => {
        const { messageSid, status, errorCode, reportedAt } = event.data
        return {
          ...before,
          message_sid: messageSid,
          report: furtherStatus(before.report, { status, errorCode, reportedAt })
        }
      }),
    [SmsAttributed.type]: (row, event, id) =>
      newer(row, event, id, event.time, (before) => ({ ...before, lead_id: event.data.leadId }))
  },
  setup: ownLeadsOnly('lead_id')
})

/**
 * Applies what is newer than the row, and says where the message stands then. What comes of a message without a row is of
 * somebody who was erased meanwhile: there is nothing to show.
 */
function newer(
  row: SmsMessageRow | null,
  event: MessageEvent,
  id: string,
  at: string,
  change: (before: SmsMessageRow) => SmsMessageRow
): SmsMessageRow | null {
  if (row === null && !isEvent(event, SmsRequested) && !isEvent(event, SmsReceived)) return null
  if (row !== null && event.sequence <= row.sequence) return row
  const next = change(row ?? blank(id, event.data, at))
  return {
    ...next,
    sequence: event.sequence,
    status: statusOf(next),
    events: [...next.events, { id: event.id, type: event.type, at }]
  }
}

function statusOf(row: SmsMessageRow): MessageStatus {
  if (row.direction === 'in') return 'received'
  if (row.not_sent !== null) return 'not-sent'
  if (row.report !== null) return row.report.status
  if (row.dispatched) return 'sending'
  return row.held_until === null ? 'waiting' : 'held'
}

function blank(id: string, { threadId, callerId, personId, leadId }: MessageEvent['data'], at: string): SmsMessageRow {
  return {
    id,
    sequence: 0,
    thread_id: threadId,
    caller_id: callerId,
    person_id: personId,
    lead_id: leadId,
    direction: 'out',
    ours: null,
    number: null,
    text: null,
    media: [],
    status: 'waiting',
    word: null,
    purpose: null,
    encoding: null,
    segments: null,
    template: null,
    in_reply_to: null,
    send_at: null,
    held_until: null,
    expires_at: null,
    requested_by: null,
    check: null,
    dispatched: false,
    message_sid: null,
    report: null,
    not_sent: null,
    at,
    sent_at: null,
    events: []
  }
}
