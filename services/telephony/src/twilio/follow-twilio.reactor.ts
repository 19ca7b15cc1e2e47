import {
  CallEnded,
  CallRecordingReported,
  CallStatusReported,
  WebhookReceived,
  type AggregateRef
} from '@leadlog/contracts'
import { defineReactor } from '@leadlog/service'
import { callOf, ownerOf } from '../call/call.ts'
import { callRef } from '../call/call-ref.ts'
import { reportRecording } from '../call/report-recording.ts'
import { reportStatus } from '../call/report-status.ts'
import { findCaller } from '../caller/find-caller.ts'
import type { TelephonyDeps } from '../deps.ts'
import { readCallback } from './read-callback.ts'
import { translateRecording, translateStatus } from './translate-callback.ts'

/** Twilio's callbacks → facts about calls. */
export const followTwilio = defineReactor({
  name: 'follow-twilio',
  on: [WebhookReceived],
  subjects: ['in.twilio.>'],
  emits: [CallStatusReported, CallEnded, CallRecordingReported],
  concurrency: 16,
  handle: async (event, deps: TelephonyDeps, context) => {
    // Messages have a reactor of their own.
    if (event.data.disposition === 'ignored' || event.data.eventType.startsWith('sms')) return
    const fields = await readCallback(deps.webhooks, event.id, event.data)
    if (event.data.eventType === 'recording') {
      const command = translateRecording(fields)
      await context.execute({ ref: callRef(command.callId), decider: reportRecording, command })
      return
    }
    const report = translateStatus(fields, event.data.receivedAt)
    const ref = callRef(report.callId)
    const source = { load: (caller: AggregateRef) => context.load(caller), callerId: deps.callerId }
    // Who it was is settled with the first that is known of a call.
    const { personId, leadId } =
      ownerOf(callOf((await context.load(ref)).events)) ?? (await findCaller(source, report.number, report.callSid))
    await context.execute({
      ref,
      decider: reportStatus,
      command: { ...report, personId, leadId }
    })
  }
})
