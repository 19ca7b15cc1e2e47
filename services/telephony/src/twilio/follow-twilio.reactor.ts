import {
  CallEnded,
  CallRecordingReported,
  CallStatusReported,
  WebhookReceived,
  type AggregateRef
} from '@leadlog/contracts'
import { defineReactor } from '@leadlog/service'
import { callOf } from '../call/call.ts'
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
    const { received } = callOf((await context.load(ref)).events)
    // Who called is settled when a call came in; only of others it is looked up.
    const { personId, leadId } = received ?? (await findCaller(source, report.number, report.callSid))
    await context.execute({
      ref,
      decider: reportStatus,
      command: { ...report, personId, leadId }
    })
  }
})
