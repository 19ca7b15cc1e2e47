import { callStatuses, type CallRecordingReported, type CallStatus, type DataOf } from '@leadlog/contracts'
import { callIdOf } from '../call/call-ref.ts'
import type { StatusCallback } from '../call/report-status.ts'
import { payloadInvalid } from '../errors.ts'

type Fields = Readonly<Record<string, string>>

/** A report of a call's status, without whose call it is. @param receivedAt for reports that have no time of their own */
export function translateStatus(fields: Fields, receivedAt: string): Omit<StatusCallback, 'personId' | 'leadId'> {
  const callSid = required(fields, 'CallSid')
  const status = required(fields, 'CallStatus') as CallStatus
  if (!callStatuses.includes(status)) throw payloadInvalid(`CallStatus "${status}" is none that is documented`)
  const inbound = fields['Direction'] === 'inbound'
  const from = fields['From'] ?? ''
  const to = fields['To'] ?? ''
  return {
    callId: callIdOf(callSid),
    callSid,
    direction: inbound ? 'inbound' : 'outbound',
    number: inbound ? from : to,
    ours: inbound ? to : from,
    status,
    sequence: count(fields['SequenceNumber']),
    durationSeconds: count(fields['CallDuration']),
    reportedAt: moment(fields['Timestamp']) ?? receivedAt
  }
}

/** What Twilio says of a recording. */
export function translateRecording(fields: Fields): DataOf<typeof CallRecordingReported> {
  const callSid = required(fields, 'CallSid')
  const duration = count(fields['RecordingDuration'])
  const channels = count(fields['RecordingChannels'])
  return {
    callId: callIdOf(callSid),
    callSid,
    recordingSid: required(fields, 'RecordingSid'),
    status: required(fields, 'RecordingStatus'),
    durationSeconds: duration,
    channels: channels === 0 ? null : channels,
    source: fields['RecordingSource'] ?? null,
    startedAt: moment(fields['RecordingStartTime'])
  }
}

function required(fields: Fields, name: string): string {
  const value = fields[name]
  if (value === undefined || value === '') throw payloadInvalid(`${name} is missing`)
  return value
}

/** A whole number; Twilio has -1 where it knows none. */
function count(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text.trim()) ? Number(text) : null
}

/** RFC 2822 as ISO 8601. */
function moment(text: string | undefined): string | null {
  const time = Date.parse(text ?? '')
  return Number.isNaN(time) ? null : new Date(time).toISOString()
}
