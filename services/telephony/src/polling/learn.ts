import { derivedId, type AggregateRef, type NewEvent, type RecordedEvent } from '@leadlog/contracts'
import type { EventLog } from '@leadlog/event-log'
import type { TwilioConnection } from '@leadlog/twilio/rest'
import { callOf, ownerOf } from '../call/call.ts'
import { callRef } from '../call/call-ref.ts'
import { reportRecording } from '../call/report-recording.ts'
import { findCaller } from '../caller/find-caller.ts'
import { reportSms } from '../sms/decide-message.ts'
import { messageOf, messageRef } from '../sms/message.ts'
import { translateSmsStatus } from '../sms/translate-sms.ts'
import { translateRecording, translateStatus } from '../twilio/translate-callback.ts'
import { callFields, messageFields, recordingFields } from './callback-fields.ts'
import { goneNews, messageNews, statusNews } from './news.ts'
import { RECORDING_ENDS, type Open } from './open-book.ts'

export interface LearnDeps {
  readonly log: Pick<EventLog, 'load' | 'transact'>
  readonly twilio: TwilioConnection
  readonly callerId: (number: string) => string
}

/**
 * Asks Twilio about what has been silent, and takes down what a callback would have told: the same events, by the same rules,
 * once for each thing that is learnt, whoever asks. A callback that comes after all changes nothing that is known.
 *
 * @returns `closed` where Twilio has nothing and will have nothing
 * @throws the errors of the client
 */
export async function learn(deps: LearnDeps, open: Open): Promise<'news' | 'no-news' | 'closed'> {
  if (open.kind === 'call') return learnCall(deps, open)
  return open.kind === 'message' ? learnMessage(deps, open) : learnRecordings(deps, open)
}

/** Asks about one call. @throws the errors of the client */
export async function learnCall(
  { log, twilio, callerId }: Pick<LearnDeps, 'log' | 'callerId'> & { readonly twilio: Pick<TwilioConnection, 'call'> },
  { id, sid }: Pick<Open, 'id' | 'sid'>
): Promise<'news' | 'no-news'> {
  const call = await twilio.call(sid)
  const fields = callFields(call)
  const report = translateStatus(fields, (call.startedAt ?? call.createdAt ?? new Date(0)).toISOString())
  const source = { load: (ref: AggregateRef) => log.load(ref), callerId }
  const known = callOf((await log.load(callRef(id))).events)
  const { personId, leadId } = ownerOf(known) ?? (await findCaller(source, report.number, sid))
  return take(log, { id, what: [sid, report.status, String(report.durationSeconds)] }, callRef(id), (events) =>
    statusNews(callOf(events), { ...report, callId: id, personId, leadId })
  )
}

/** Takes down that a call is over of which Twilio says again and again that there is none. */
export function learnGone(
  { log }: Pick<LearnDeps, 'log'>,
  { id, sid }: Pick<Open, 'id' | 'sid'>
): Promise<'news' | 'no-news'> {
  return take(log, { id, what: [sid, 'gone'] }, callRef(id), (events) => goneNews(events, id, sid))
}

async function learnMessage({ log, twilio }: LearnDeps, { id, sid }: Open): Promise<'news' | 'no-news'> {
  const message = await twilio.message(sid)
  const told = translateSmsStatus(messageFields(message))
  const reportedAt = (message.sentAt ?? message.createdAt ?? new Date(0)).toISOString()
  return take(log, { id, what: [sid, told.status, told.errorCode ?? ''] }, messageRef(id), (events) => {
    const current = messageOf(events)
    return messageNews(current, told) ? reportSms(current, { ...told, reportedAt }) : []
  })
}

async function learnRecordings({ log, twilio }: LearnDeps, open: Open): Promise<'news' | 'no-news' | 'closed'> {
  const { id, sid } = open
  const recordings = await twilio.recordings({ callSid: sid })
  for (const recording of recordings) {
    if (!RECORDING_ENDS.has(recording.status)) continue
    const command = { ...translateRecording(recordingFields(sid, recording)), callId: id }
    await take(log, { id, what: [recording.sid, recording.status] }, callRef(id), (events) => {
      const decided = reportRecording.decide(command, callOf(events))
      return 'refused' in decided ? [] : decided
    })
  }
  return recordings.every(({ status }) => RECORDING_ENDS.has(status)) ? 'closed' : 'no-news'
}

async function take(
  log: LearnDeps['log'],
  { id, what }: { readonly id: string; readonly what: readonly string[] },
  ref: AggregateRef,
  decide: (events: readonly RecordedEvent[]) => readonly NewEvent[]
): Promise<'news' | 'no-news'> {
  let news = false
  await log.transact({
    cause: { id: derivedId('twilio-polled', ...what), correlationId: id },
    handler: 'telephony-poll',
    actor: 'provider:twilio',
    load: [ref],
    decide: ([history]) => {
      const events = decide(history?.events ?? [])
      news = events.length > 0
      return events
    }
  })
  return news ? 'news' : 'no-news'
}
