import { setTimeout as delay } from 'node:timers/promises'
import {
  CallFellBack,
  CallReceived,
  derivedId,
  newEvent,
  type AggregateRef,
  type CallInput,
  type CallProgram,
  type FlowStep,
  type NewEvent
} from '@leadlog/contracts'
import { isPersonErased } from '@leadlog/event-log'
import { activeTraceparent } from '@leadlog/tracing'
import { findCaller, unknownPerson, type KnownCaller } from '../caller/find-caller.ts'
import type { TelephonyDeps } from '../deps.ts'
import { fallBackVerbs, waitInQueue, withAnswers, type Advance, type Verb } from '@leadlog/call-flow'
import { programFlow } from '../dial/program-flow.ts'
import { flowOf, flowRef } from '../flow/flow.ts'
import { readInput, readInterrupted } from '../twilio/read-input.ts'
import { conferenceVerb } from '../transfer/transfer.routes.ts'
import { isAwayAt, type CallTransfer } from '../transfer/transfer.ts'
import type { VerifiedRequest } from '../twilio/verified-request.ts'
import { callIdOf, callRef } from './call-ref.ts'
import { callOf, evolveCall, unknownCall, variablesOf, webhookInput, type Beginning, type Call } from './call.ts'
import { replayTurn, takeTurn, type TurnSetting } from './take-turn.ts'
import { within } from './within.ts'

/** Looking up who calls must not hold up the call: after this it goes on as a stranger's. */
const CALLER_WITHIN_MS = 1_000

/** Of the time that an answer to Twilio may take; beyond it the caller hears silence and Twilio asks again. */
const WEBHOOK_WAIT_MS = 800
const WEBHOOK_LOOK_EVERY_MS = 80

/** What Twilio is told, and the turn that it is to ask for next. */
export interface Answer {
  readonly verbs: readonly Verb[]
  readonly nextTurn: number
  readonly outcome: Advance['outcome']
  /** The caller is in a conference, and comes back to the same turn. */
  readonly isAway?: boolean
}

/**
 * A call comes in: it is taken down with who calls and the flow that it goes through, then takes its first steps. The
 * answer follows from what is recorded, so that a repeated request gets the same.
 *
 * @throws TransientError where the log is away
 */
export async function answerCall(deps: TelephonyDeps, { fields, callSid }: VerifiedRequest): Promise<Answer> {
  const callId = callIdOf(callSid)
  const from = fields['From'] ?? ''
  const to = fields['To'] ?? ''
  const at = deps.clock.now()
  const flow = deps.flows.answering(to)
  const setting = await settingOf(deps, { received: { flow }, program: null })
  const takeDown = (caller: KnownCaller): Promise<Call> => {
    const received = newEvent(CallReceived, callId, {
      callId,
      personId: caller.personId,
      leadId: caller.leadId,
      callSid,
      from,
      to,
      flow,
      variables: { ...caller.variables, 'caller.number': from, 'called.number': to },
      receivedAt: at.toISOString()
    })
    return append(deps, callSid, 1, (call): readonly NewEvent[] => {
      if (call.received !== null) return []
      if (setting === null) {
        const number = deps.fallbackNumber
        const fellBack = { callId, callSid, reason: 'NUMBER_HAS_NO_FLOW', number, at: at.toISOString() }
        return [received, newEvent(CallFellBack, callId, fellBack)]
      }
      return [
        received,
        ...takeTurn({ ...call, received: received.data }, { turn: 1, input: { kind: 'started' }, at }, setting)
      ]
    })
  }
  const caller = await whoCalls(deps, from, callSid)
  const answered = await takeDown(caller).catch(async (error: unknown) => {
    if (!isPersonErased(error)) throw error
    // Somebody who was erased calls again. What the number told of then is gone; the call is a stranger's.
    const stranger = unknownPerson(deps, from, callSid)
    await deps.renewKey(stranger.personId)
    return takeDown(stranger)
  })
  return answerOf(deps, answered, 1)
}

/**
 * A call goes on after what the last answer asked for. A turn that was taken already is answered as it was.
 *
 * @param how after an interruption what the caller did may be missing, and then counts as lost, not as nothing
 * @throws TransientError where the log is away, RangeError for a call or a turn that never was
 */
export async function continueCall(
  deps: TelephonyDeps,
  { fields, query, callSid }: VerifiedRequest,
  how: 'asked' | 'after-interruption' = 'asked'
): Promise<Answer> {
  const call = await callAt(deps, callSid)
  const turn = Number(query.get('turn') ?? Number.NaN)
  const setting = await settingOf(deps, call)
  if (setting === null || !Number.isInteger(turn) || turn < 2 || turn > call.turns.length + 1) {
    throw new RangeError(`Call ${callSid} cannot go on at turn ${query.get('turn') ?? '(none)'}`)
  }
  const waiting = stepAt(setting, call, turn - 1)
  if (query.get('waiting') === '1') {
    const waited = Number(fields['QueueTime'] ?? '0')
    const known = withAnswers(variablesOf(call), call.turns.at(-1)?.position?.answers ?? {})
    const verbs = waitInQueue(setting.flow, waiting, known, Number.isFinite(waited) ? waited : 0)
    return { verbs, nextTurn: turn, outcome: 'waiting' }
  }
  if (turn <= call.turns.length) return answerOf(deps, call, turn)
  // Once the caller is back from the conference of a transfer, the call goes on as after any talk.
  const isBack = query.get('back') === '1'
  const isGone = readInput(fields, waiting?.kind ?? null).kind === 'hung-up'
  if (!isBack && !isGone && isAwayAt(call.transfer, turn)) return awayAnswer(call.transfer)
  const told = (how === 'asked' ? readInput : readInterrupted)(fields, waiting?.kind ?? null)
  const asksOutside = waiting?.kind === 'webhook' && told.kind !== 'hung-up'
  const input = asksOutside
    ? await webhookAnswer(deps, call, callSid, waiting.id)
    : isBack && !isGone
      ? { kind: 'dialed' as const, status: 'completed' }
      : told
  const request = { turn, input, at: deps.clock.now() }
  const after = await append(deps, callSid, isBack ? `${String(turn)} back` : turn, (current) =>
    !isBack && !isGone && isAwayAt(current.transfer, turn) ? [] : takeTurn(current, request, setting)
  )
  // Somebody had the caller transferred in this moment.
  const wasAway = after.turns.length < turn && isAwayAt(after.transfer, turn)
  return wasAway ? awayAnswer(after.transfer) : answerOf(deps, after, turn)
}

function awayAnswer({ conferenceId, turn }: CallTransfer): Answer {
  return { verbs: [conferenceVerb(conferenceId, 'caller')], nextTurn: turn, outcome: 'waiting', isAway: true }
}

/** How often what a caller did was lost on its way. @throws TransientError where the log is away */
export async function interruptionsOf(deps: TelephonyDeps, callSid: string): Promise<number> {
  return (await callAt(deps, callSid)).turns.filter(({ input }) => input?.kind === 'interrupted').length
}

/** How a webhook stands, waited for a little: most answer well within a second, and the caller need not hear another one of silence. */
async function webhookAnswer(deps: TelephonyDeps, before: Call, callSid: string, step: string): Promise<CallInput> {
  let input = webhookInput(before, step)
  for (const until = performance.now() + WEBHOOK_WAIT_MS; isWaiting(input) && performance.now() < until;) {
    await delay(WEBHOOK_LOOK_EVERY_MS)
    input = webhookInput(await callAt(deps, callSid), step)
  }
  return input
}

function isWaiting(input: CallInput): boolean {
  return input.kind === 'webhook' && input.state === 'waiting'
}

/** Takes down that a call left its flow, once; Twilio's own reason where it has one. */
export async function recordFallBack(
  deps: TelephonyDeps,
  callSid: string,
  reason: string,
  number: string | null
): Promise<void> {
  const callId = callIdOf(callSid)
  const at = deps.clock.now().toISOString()
  await append(deps, callSid, `fallback ${reason}`, (call) =>
    call.fellBack ? [] : [newEvent(CallFellBack, callId, { callId, callSid, reason, number, at })]
  )
}

/** Where the call goes when all else fails: what its flow names, else the number of the settings. */
export async function fallbackOf(
  deps: TelephonyDeps,
  callSid: string
): Promise<{ number: string | null; verbs: readonly Verb[] }> {
  const call = await callAt(deps, callSid)
  const flow = (await settingOf(deps, call))?.flow
  const number = flow?.fallbackNumber ?? deps.fallbackNumber
  return { number, verbs: fallBackVerbs(number, flow) }
}

export async function answerOf(deps: TelephonyDeps, call: Call, turn: number): Promise<Answer> {
  const setting = await settingOf(deps, call)
  const taken = setting === null ? null : replayTurn(call, turn, setting)
  if (taken === null) return { verbs: fallBackVerbs(deps.fallbackNumber), nextTurn: turn + 1, outcome: 'fell-back' }
  return { verbs: taken.verbs, nextTurn: turn + 1, outcome: taken.outcome }
}

async function whoCalls(deps: TelephonyDeps, from: string, callSid: string): Promise<KnownCaller> {
  const source = { load: (ref: AggregateRef) => deps.log.load(ref), callerId: deps.callerId }
  try {
    return await within(CALLER_WITHIN_MS, findCaller(source, from, callSid))
  } catch (error) {
    deps.logger.warn({ err: error, callSid }, 'the caller was not looked up: the call goes on as that of a stranger')
    return unknownPerson(source, from, callSid)
  }
}

/** The flow of a call, from memory; from the log where another process published it a moment ago. */
export async function settingOf(
  { flows, log, fallbackNumber }: TelephonyDeps,
  { received, program }: { readonly received: Pick<Beginning, 'flow'> | null; readonly program: CallProgram | null }
): Promise<TurnSetting | null> {
  if (program !== null) return { flow: programFlow(program), fallbackNumber }
  const ref = received?.flow ?? null
  if (ref === null) return null
  const known = flows.document(ref.flowId, ref.version)
  if (known !== undefined) return { flow: known, fallbackNumber }
  const stored = flowOf((await log.load(flowRef(ref.flowId))).events)
  const flow = stored.versions.get(ref.version)?.document
  return flow === undefined ? null : { flow, fallbackNumber }
}

function stepAt({ flow }: TurnSetting, call: Call, turn: number): FlowStep | undefined {
  const id = call.turns[turn - 1]?.position?.step
  return flow.steps.find((step) => step.id === id)
}

export async function callAt({ log }: TelephonyDeps, callSid: string): Promise<Call> {
  return callOf((await log.load(callRef(callIdOf(callSid)))).events)
}

/** The call with what was decided, as it is recorded; only where an earlier request had decided it the log is asked again. */
async function append(
  deps: TelephonyDeps,
  callSid: string,
  turn: number | string,
  decide: (call: Call) => readonly NewEvent[]
): Promise<Call> {
  const callId = callIdOf(callSid)
  let before = unknownCall
  const result = await deps.log.transact({
    cause: {
      id: derivedId('twilio-request', callSid, String(turn)),
      correlationId: callId,
      traceparent: activeTraceparent()
    },
    handler: 'telephony-voice',
    actor: 'provider:twilio',
    load: [callRef(callId)],
    urgent: true,
    decide: ([history]) => {
      before = callOf(history?.events ?? [])
      return decide(before)
    }
  })
  if ('refusal' in result || result.repeated) return callAt(deps, callSid)
  return result.events.reduce(evolveCall, before)
}
