import {
  CallbackIgnored,
  CallEnded,
  CallPlaced,
  CallRecordingReported,
  CallStatusReported,
  ConferenceReported,
  DialPlaced,
  WebhookReceived,
  type AggregateRef
} from '@leadlog/contracts'
import { defineReactor, ignoreWebhook, isNothing, type HandlerContext } from '@leadlog/service'
import { callOf, ownerOf } from '../call/call.ts'
import { callRef } from '../call/call-ref.ts'
import { reportRecording } from '../call/report-recording.ts'
import { reportStatus } from '../call/report-status.ts'
import { findCaller } from '../caller/find-caller.ts'
import type { TelephonyDeps } from '../deps.ts'
import { conferenceOf } from '../conference/conference.ts'
import { reportConference } from '../conference/decide-conference.ts'
import { recordedCall } from '../conference/recorded-call.ts'
import { conferenceRef } from '../conference/room.ts'
import { translateConference } from '../conference/translate-conference.ts'
import { placeDial } from '../dial/decide-dial.ts'
import { dialOf, dialRef } from '../dial/dial.ts'
import { CONFERENCE_UNKNOWN, KNOWN, NOT_OURS } from './nothing-new.ts'
import { readCallback } from './read-callback.ts'
import { translateRecording, translateStatus } from './translate-callback.ts'

/** Twilio's callbacks → facts about calls. */
export const followTwilio = defineReactor({
  name: 'follow-twilio',
  on: [WebhookReceived],
  subjects: ['in.twilio.>'],
  emits: [
    CallStatusReported,
    CallEnded,
    CallRecordingReported,
    ConferenceReported,
    DialPlaced,
    CallPlaced,
    CallbackIgnored
  ],
  concurrency: 16,
  handle: async (event, deps: TelephonyDeps, context) => {
    // Messages have a reactor of their own.
    if (event.data.disposition === 'ignored' || event.data.eventType.startsWith('sms')) return
    const fields = await readCallback(deps.webhooks, event.id, event.data)
    if (event.data.eventType === 'recording') {
      const callSid = fields['CallSid'] || (await recordedCall(context, fields['ConferenceSid'] ?? ''))
      if (callSid === null) {
        return ignoreWebhook(context, CallbackIgnored, event.id, CONFERENCE_UNKNOWN)
      }
      const command = translateRecording({ ...fields, CallSid: callSid })
      const result = await context.execute({ ref: callRef(command.callId), decider: reportRecording, command })
      if (isNothing(result)) await ignoreWebhook(context, CallbackIgnored, event.id, KNOWN)
      return
    }
    if (event.data.eventType === 'conference') {
      const report = translateConference(fields, event.data.receivedAt)
      const result =
        report &&
        (await context.transact({
          load: [conferenceRef(report.conferenceId)],
          decide: ([history]) => reportConference(conferenceOf(history?.events ?? []), report)
        }))
      if (result === null) await ignoreWebhook(context, CallbackIgnored, event.id, NOT_OURS)
      else if (isNothing(result)) await ignoreWebhook(context, CallbackIgnored, event.id, KNOWN)
      return
    }
    const report = translateStatus(fields, event.data.receivedAt)
    const ref = callRef(report.callId)
    const source = { load: (caller: AggregateRef) => context.load(caller), callerId: deps.callerId }
    // Who it is was settled with the first that is known of a call; only of others it is looked up.
    const known =
      ownerOf(callOf((await context.load(ref)).events)) ??
      (await takeDownDial(event.data.reference, report, context)) ??
      (await findCaller(source, report.number, report.callSid))
    const { personId, leadId } = known
    await context.execute({
      ref,
      decider: reportStatus,
      command: { ...report, personId, leadId }
    })
  }
})

/** A call of ours says which dial it is of, before Twilio's answer to that has come or where it was lost. */
async function takeDownDial(
  reference: string | undefined,
  { callId, callSid }: { readonly callId: string; readonly callSid: string },
  context: HandlerContext
) {
  const dialId = new URLSearchParams(reference).get('dial')
  if (dialId === null) return null
  const { requested } = dialOf((await context.load(dialRef(dialId))).events)
  if (requested === null) return null
  await context.transact({
    step: 'dial',
    load: [dialRef(dialId), callRef(callId)],
    decide: ([history, call]) =>
      placeDial(
        dialOf(history?.events ?? []),
        callOf(call?.events ?? []),
        { callId, callSid, how: 'named-itself' },
        context.clock.now()
      )
  })
  return requested
}
