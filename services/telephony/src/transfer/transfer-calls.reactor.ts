import {
  CallCancelRequested,
  CallEnded,
  CallNotPlaced,
  CallRequested,
  CallTransferCompletionRequested,
  CallTransferMoved,
  CallTransferProgressed,
  CallTransferRequested,
  ConferenceReported,
  isEvent,
  newEvent,
  ParticipantInvited,
  PermanentError,
  type AggregateRef,
  type RecordedEvent
} from '@leadlog/contracts'
import { requestDigest } from '@leadlog/outbound'
import { defineReactor, type HandlerContext } from '@leadlog/service'
import { twilioCodeOf } from '@leadlog/twilio/rest'
import { callRef } from '../call/call-ref.ts'
import { callOf, type Call } from '../call/call.ts'
import { conferenceOf } from '../conference/conference.ts'
import { inviteInto } from '../conference/decide-conference.ts'
import { conferenceRef } from '../conference/room.ts'
import type { TelephonyDeps } from '../deps.ts'
import { findCallee } from '../dial/callee.ts'
import { requestCall } from '../dial/decide-dial.ts'
import { dialOf, dialRef } from '../dial/dial.ts'
import { requireTwilio } from '../twilio/twilio-access.ts'
import { followTransfer } from './follow-transfer.ts'
import { isClosed, type CallTransfer } from './transfer.ts'

/** A caller who waits is not kept waiting for somebody who comes much later. */
const PLACE_WITHIN_MS = 2 * 60_000
const RING_SECONDS = 30
const GONE: ReadonlySet<number | undefined> = new Set([20404, 21220])

/**
 * Callers who are to be handed over → into a conference, and the colleague is called into it; then whatever is told of those who
 * are in it → what it takes that the caller is not alone.
 */
export const transferCalls = defineReactor({
  name: 'transfer-calls',
  on: [
    CallTransferRequested,
    CallTransferMoved,
    CallTransferCompletionRequested,
    ConferenceReported,
    CallEnded,
    CallNotPlaced
  ],
  emits: [CallTransferMoved, ParticipantInvited, CallRequested, CallTransferProgressed, CallCancelRequested],
  concurrency: 8,
  handle: async (event, deps: TelephonyDeps, context) => {
    const load = (ref: AggregateRef) => context.load(ref)
    const callId = await transferredCall(event, load)
    if (callId === null) return
    if (isEvent(event, CallTransferRequested)) await move(callId, event.data.transferId, deps, context)
    await followTransfer(callId, {
      deps,
      load,
      takeDown: (step, loaded, decide) => context.transact({ step, load: loaded, decide })
    })
  }
})

type Load = (ref: AggregateRef) => ReturnType<HandlerContext['load']>

/** The call of the caller; null where it is about no transfer. */
async function transferredCall(event: RecordedEvent, load: Load): Promise<string | null> {
  if (isEvent(event, ConferenceReported)) return callOfConference(event.data.conferenceId, load)
  if (isEvent(event, CallNotPlaced)) return callOfDial(event.data.dialId, load)
  const { callId } = event.data as { callId: string }
  if (!isEvent(event, CallEnded)) return callId
  const { transfer, placed } = callOf((await load(callRef(callId))).events)
  if (transfer !== null) return callId
  return placed === null ? null : callOfDial(placed.dialId, load)
}

async function callOfDial(dialId: string, load: Load): Promise<string | null> {
  const connect = dialOf((await load(dialRef(dialId))).events).requested?.connect
  return connect?.kind === 'conference' ? callOfConference(connect.conferenceId, load) : null
}

async function callOfConference(conferenceId: string, load: Load): Promise<string | null> {
  return conferenceOf((await load(conferenceRef(conferenceId))).events).transferOf
}

/** Takes them into the conference, and has the colleague called into it: both once, whatever crashes between. */
async function move(callId: string, transferId: string, deps: TelephonyDeps, context: HandlerContext): Promise<void> {
  const call = callOf((await context.load(callRef(callId))).events)
  const { transfer } = call
  if (transfer?.transferId !== transferId || transfer.movedAt !== null || isClosed(transfer)) return
  if (call.ended !== null) return
  const agentCallSid = transfer.agentCallSid ?? (await moveAgent(call, transfer, deps))
  const { conferenceId, dialId, to, why } = transfer
  const callee =
    to === null ? null : await findCallee({ load: (ref) => context.load(ref), callerId: deps.callerId }, to, undefined)
  const from = call.received?.to ?? ''
  await context.transact({
    step: `moved/${transferId}`,
    load: [callRef(callId), conferenceRef(conferenceId), dialRef(dialId)],
    decide: ([history, conference, dial]) => {
      const current = callOf(history?.events ?? []).transfer
      if (current?.transferId !== transferId || current.movedAt !== null) return []
      const now = context.clock.now()
      const at = now.toISOString()
      const moved = newEvent(CallTransferMoved, callId, { callId, transferId, agentCallSid, at })
      const invited = inviteInto(conferenceOf(conference?.events ?? []), { conferenceId, dialId, at })
      if (callee === null || 'refused' in invited) return [moved]
      const requested = requestCall(dialOf(dial?.events ?? []), {
        dialId,
        personId: callee.personId,
        leadId: callee.leadId,
        to,
        from,
        connect: { kind: 'conference', conferenceId },
        // Somebody waits for it: the hour is no reason against it. Who said STOP is not called.
        purpose: 'answer',
        onMachine: { kind: 'talk' },
        ringSeconds: RING_SECONDS,
        placeBefore: new Date(now.getTime() + PLACE_WITHIN_MS).toISOString(),
        why,
        requestedAt: at
      })
      return [moved, ...invited, ...requested]
    }
  })
}

/**
 * Takes the leg of whoever talks to the caller into the conference. The caller's leg then has nobody to talk to, asks what
 * comes next, and is told the same conference. Where nobody talks, the caller's leg is taken there.
 */
async function moveAgent(call: Call, transfer: CallTransfer, deps: TelephonyDeps): Promise<string | null> {
  const { effects, twilio, voiceUrl } = requireTwilio(deps)
  const callSid = call.received?.callSid ?? ''
  const callId = call.received?.callId ?? ''
  const { transferId, turn } = transfer
  const { response } = await effects.run<{ agentCallSid: string | null }>({
    vendor: 'twilio',
    operation: 'transfer-move',
    key: `transfer:${transferId}:move`,
    digest: requestDigest({ transferId }),
    // Who is in the conference already comes in again.
    policy: 'upsert',
    perform: async () => {
      const [leg] = await twilio.listCalls({ parentCallSid: callSid, status: 'in-progress' })
      if (leg !== undefined && (await isTold(leg.sid, `${voiceUrl}/twilio/voice/transfer?call=${callId}`))) {
        return { agentCallSid: leg.sid }
      }
      await isTold(callSid, `${voiceUrl}/twilio/voice/continue?turn=${String(turn)}`)
      return { agentCallSid: null }
    }
  })
  return response.agentCallSid

  async function isTold(sid: string, url: string): Promise<boolean> {
    try {
      await twilio.updateCall(sid, { url })
      return true
    } catch (error) {
      if (error instanceof PermanentError && GONE.has(twilioCodeOf(error))) return false
      throw error
    }
  }
}
