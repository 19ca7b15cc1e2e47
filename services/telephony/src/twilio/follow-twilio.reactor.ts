import {
  CallEnded,
  CallRecordingReported,
  CallStatusReported,
  WebhookReceived,
  type AggregateRef
} from '@leadlog/contracts'
import { defineReactor } from '@leadlog/service'
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
    if (event.data.disposition === 'ignored') return
    const fields = await readCallback(deps.webhooks, event.id, event.data)
    if (event.data.eventType === 'recording') {
      const command = translateRecording(fields)
      await context.execute({ ref: callRef(command.callId), decider: reportRecording, command })
      return
    }
    const report = translateStatus(fields, event.data.receivedAt)
    const source = { load: (ref: AggregateRef) => context.load(ref), callerId: deps.callerId }
    const { personId, leadId } = await findCaller(source, report.number, report.callSid)
    await context.execute({
      ref: callRef(report.callId),
      decider: reportStatus,
      command: { ...report, personId, leadId }
    })
  }
})
