import { CallTransferProgressed, newEvent, type AggregateRef, type NewEvent } from '@leadlog/contracts'
import type { AggregateHistory } from '@leadlog/event-log'
import { callRef } from '../call/call-ref.ts'
import { callOf, unknownCall, type Call } from '../call/call.ts'
import type { TelephonyDeps } from '../deps.ts'
import { cancelDial } from '../dial/decide-dial.ts'
import { dialOf, dialRef } from '../dial/dial.ts'
import { requireTwilio } from '../twilio/twilio-access.ts'
import { actOn } from './act-on.ts'
import { lookAt } from './look.ts'
import { nextStage, wantedIn } from './next-stage.ts'
import { isClosed, isSettled } from './transfer.ts'

/** How what is decided is taken down: once for the same step. */
export type TakeDown = (
  step: string,
  load: readonly AggregateRef[],
  decide: (histories: readonly AggregateHistory[]) => readonly NewEvent[]
) => Promise<unknown>

interface Parts {
  readonly deps: TelephonyDeps
  readonly load: (ref: AggregateRef) => Promise<AggregateHistory>
  readonly takeDown: TakeDown
}

/**
 * Looks at a transfer and does what it takes now. What is to be so at Twilio is made so before the stage is taken down, so whoever
 * takes it on after a crash does what is missing, and what is so is not done again.
 *
 * @returns how it stands: whether the caller still waits for somebody
 * @throws the errors of the client and of the ledger
 */
export async function followTransfer(
  callId: string,
  { deps, load, takeDown }: Parts
): Promise<'under-way' | 'settled' | 'closed'> {
  const call = callOf((await load(callRef(callId))).events)
  const { transfer } = call
  if (transfer === null || isClosed(transfer)) return 'closed'
  if (transfer.movedAt === null && call.ended === null) return 'under-way'
  const access = requireTwilio(deps)
  const now = deps.clock.now()
  const dial = dialOf((await load(dialRef(transfer.dialId))).events)
  const colleague = await calleeOf(dial.placed?.callId ?? null, load)
  const sight = await lookAt({ call, transfer, dial, colleague }, access.twilio, now)
  const stage = nextStage(transfer, sight.seen)
  const wanted = wantedIn(stage, sight.seen)
  await actOn({ call, transfer, colleagueSid: dial.placed?.callSid ?? null, sight, wanted, now }, access)
  if (stage !== transfer.stage) {
    const at = now.toISOString()
    const { transferId, step } = transfer
    await takeDown(
      `transfer/${transferId}/${String(step)}/${stage}`,
      [callRef(callId), dialRef(transfer.dialId)],
      ([history, dialHistory]) => {
        const current = callOf(history?.events ?? []).transfer
        if (current?.transferId !== transferId || current.step !== step) return []
        const calledOff = wanted.colleagueCanceled && colleague.turns.length === 0
        return [
          newEvent(CallTransferProgressed, callId, { callId, transferId, stage, at }),
          ...(calledOff ? cancelDial(dialOf(dialHistory?.events ?? []), null, at) : [])
        ]
      }
    )
  }
  if (isClosed({ stage })) return 'closed'
  return isSettled({ stage }) ? 'settled' : 'under-way'
}

async function calleeOf(callId: string | null, load: Parts['load']): Promise<Call> {
  return callId === null ? unknownCall : callOf((await load(callRef(callId))).events)
}
