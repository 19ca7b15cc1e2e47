import {
  CallAdvanced,
  CallFellBack,
  CallSmsRequested,
  CallWebhookRequested,
  derivedId,
  newEvent,
  type CallInput,
  type FlowDocument,
  type NewEvent
} from '@leadlog/contracts'
import { advance, beginning, type Advance, type StepRequest } from '@leadlog/call-flow'
import type { Call, Turn } from './call.ts'
import { variablesOf } from './call.ts'

/** What the turns of a call rest on beside its history. */
export interface TurnSetting {
  readonly flow: FlowDocument
  /** The number of the settings, for flows that name none. */
  readonly fallbackNumber: string | null
}

/** The next turn of a call as events; none where the turn was taken already. Pure. */
export function takeTurn(
  call: Call,
  request: { readonly turn: number; readonly input: CallInput; readonly at: Date },
  setting: TurnSetting
): readonly NewEvent[] {
  const { received } = call
  if (received === null || call.turns.length >= request.turn) return []
  const { callId, personId, callSid } = received
  const at = request.at.toISOString()
  const taken = advanceFrom(call.turns.at(-1), call, request.input, at, setting)
  const events: NewEvent[] = [
    newEvent(CallAdvanced, callId, {
      callId,
      personId,
      turn: call.turns.length + 1,
      input: request.input,
      steps: [...taken.steps],
      position: taken.position,
      outcome: taken.outcome,
      at
    })
  ]
  const turn = call.turns.length + 1
  events.push(...taken.requests.map((wanted, index) => requested(received, turn, index, wanted, at)))
  if (taken.outcome === 'fell-back') {
    const number = setting.flow.fallbackNumber ?? setting.fallbackNumber
    events.push(newEvent(CallFellBack, callId, { callId, callSid, reason: taken.reason ?? 'UNKNOWN', number, at }))
  }
  return events
}

/** What a step wants done, as a fact that a reactor takes on. Its id follows from the visit of the step. */
function requested(
  { callId, personId, leadId, from, to }: NonNullable<Call['received']>,
  turn: number,
  index: number,
  wanted: StepRequest,
  at: string
): NewEvent {
  const requestId = derivedId('call-request', callId, String(turn), String(index))
  const common = { callId, personId, leadId, requestId, turn, step: wanted.step, at }
  if (wanted.kind === 'webhook') {
    const { url, timeoutSeconds } = wanted
    return newEvent(CallWebhookRequested, callId, { ...common, url, timeoutSeconds })
  }
  const sms = { to: wanted.to, toCaller: wanted.to === from, from: to, text: wanted.text }
  return newEvent(CallSmsRequested, callId, { ...common, ...sms })
}

/** What was answered at a turn, from the call's history alone: the same as the first time. Null for a turn that was never taken. */
export function replayTurn(call: Call, turn: number, setting: TurnSetting): Advance | null {
  const recorded = call.turns[turn - 1]
  if (recorded === undefined) return null
  return advanceFrom(call.turns[turn - 2], call, recorded.input ?? { kind: 'nothing' }, recorded.at, setting)
}

function advanceFrom(
  before: Turn | undefined,
  call: Call,
  input: CallInput,
  at: string,
  { flow, fallbackNumber }: TurnSetting
): Advance {
  const position = before?.position ?? beginning
  return advance(flow, { position, variables: variablesOf(call) }, input, new Date(at), fallbackNumber)
}
