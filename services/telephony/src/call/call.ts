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
  CallWebhookAnswered,
  CallWebhookRequested,
  isEvent,
  type CallInput,
  type CallProgram,
  type CallVariables,
  type DataOf,
  type RecordedEvent
} from '@leadlog/contracts'
import { furtherReport, type StatusReport } from '@leadlog/call-flow'
import { transferFrom, withTransfer, type CallTransfer } from '../transfer/transfer.ts'

/** A request of a call as it was answered. */
export type Turn = DataOf<typeof CallAdvanced>

/** What a call's turns rest on. */
export type Beginning = DataOf<typeof CallReceived>

/** A call: how it came, its turns in its flow, and what Twilio reported. */
export interface Call {
  /** How its turns began: it came in, or somebody answered a call of ours; then `from` is the other end all the same. */
  readonly received: Beginning | null
  /** Of a call that we placed. */
  readonly placed: DataOf<typeof CallPlaced> | null
  /** What is done with it where that is no flow. */
  readonly program: CallProgram | null
  readonly turns: readonly Turn[]
  readonly fellBack: boolean
  readonly report: StatusReport | null
  readonly ended: DataOf<typeof CallEnded> | null
  /** Who it was by Twilio's reports, for calls that nobody took down otherwise. */
  readonly reported: { readonly personId: string; readonly leadId: string | null } | null
  /** Whose it turned out to be since. */
  readonly attributed: { readonly leadId: string | null } | null
  /** Recordings by their ids, with the statuses that were reported. */
  readonly recordings: ReadonlyMap<string, ReadonlySet<string>>
  /** Webhooks that steps asked for, the newest last, with their answers. */
  readonly webhooks: readonly CallWebhook[]
  /** The newest handing over to a colleague. */
  readonly transfer: CallTransfer | null
}

/** A webhook that a step asked for; null until it answered or its time was over. */
export interface CallWebhook {
  readonly requested: DataOf<typeof CallWebhookRequested>
  readonly answer: DataOf<typeof CallWebhookAnswered> | null
}

export const unknownCall: Call = {
  received: null,
  placed: null,
  program: null,
  turns: [],
  fellBack: false,
  report: null,
  ended: null,
  reported: null,
  attributed: null,
  recordings: new Map(),
  webhooks: [],
  transfer: null
}

export function evolveCall(call: Call, event: RecordedEvent): Call {
  if (isEvent(event, CallReceived)) return { ...call, received: event.data }
  if (isEvent(event, CallPlaced)) return { ...call, placed: event.data }
  if (isEvent(event, CallConnected)) {
    return { ...call, received: beginningOf(event.data), program: event.data.program }
  }
  if (isEvent(event, CallAdvanced)) return { ...call, turns: [...call.turns, event.data] }
  if (isEvent(event, CallFellBack)) return { ...call, fellBack: true }
  if (isEvent(event, CallStatusReported)) {
    const { status, sequence, durationSeconds, reportedAt, personId, leadId } = event.data
    return {
      ...call,
      reported: call.reported ?? { personId, leadId },
      report: furtherReport(call.report, { status, sequence, durationSeconds, reportedAt })
    }
  }
  if (isEvent(event, CallAttributed)) return { ...call, attributed: { leadId: event.data.leadId } }
  if (isEvent(event, CallEnded)) return { ...call, ended: event.data }
  if (isEvent(event, CallTransferRequested)) return { ...call, transfer: transferFrom(event.data) }
  if (isEvent(event, CallTransferMoved)) {
    const { transferId, agentCallSid, at } = event.data
    return { ...call, transfer: withTransfer(call.transfer, transferId, { agentCallSid, movedAt: at }) }
  }
  if (isEvent(event, CallTransferCompletionRequested)) {
    return { ...call, transfer: withTransfer(call.transfer, event.data.transferId, { completionRequested: true }) }
  }
  if (isEvent(event, CallTransferProgressed)) {
    return { ...call, transfer: withTransfer(call.transfer, event.data.transferId, { stage: event.data.stage }) }
  }
  if (isEvent(event, CallWebhookRequested)) {
    return { ...call, webhooks: [...call.webhooks, { requested: event.data, answer: null }] }
  }
  if (isEvent(event, CallWebhookAnswered)) {
    const answer = event.data
    const webhooks = call.webhooks.map((one) =>
      one.requested.requestId === answer.requestId ? { ...one, answer } : one
    )
    return { ...call, webhooks }
  }
  if (isEvent(event, CallRecordingReported)) {
    const { recordingSid, status } = event.data
    const statuses = new Set([...(call.recordings.get(recordingSid) ?? []), status])
    return { ...call, recordings: new Map([...call.recordings, [recordingSid, statuses]]) }
  }
  return call
}

/** A call of ours that was answered, as its turns need it. */
export function beginningOf(connected: DataOf<typeof CallConnected>): Beginning {
  const { callId, personId, leadId, callSid, from, to, flow, variables, connectedAt } = connected
  return { callId, personId, leadId, callSid, from: to ?? '', to: from, flow, variables, receivedAt: connectedAt }
}

export function callOf(events: readonly RecordedEvent[]): Call {
  return events.reduce(evolveCall, unknownCall)
}

/** How the newest webhook of a step stands, as an input of the engine. */
export function webhookInput(call: Call, step: string): CallInput {
  const answer = call.webhooks.findLast(({ requested }) => requested.step === step)?.answer ?? null
  if (answer === null) return { kind: 'webhook', state: 'waiting', fields: {} }
  return { kind: 'webhook', state: answer.answered ? 'answered' : 'failed', fields: answer.fields ?? {} }
}

/** The placeholders of a call; none where its person was erased meanwhile. */
export function variablesOf(call: Call): CallVariables {
  return call.received?.variables ?? {}
}

/** Whose key the call is under, and whose call it is by now; null for a call of which nobody spoke yet. */
export function ownerOf(call: Call): { readonly personId: string; readonly leadId: string | null } | null {
  const known = call.received ?? call.placed ?? call.reported
  if (known === null) return null
  return { personId: known.personId, leadId: call.attributed === null ? known.leadId : call.attributed.leadId }
}
