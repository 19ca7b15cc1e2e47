import {
  CallTransferCompletionRequested,
  CallTransferRequested,
  CompleteTransfer,
  ConferenceOpened,
  derivedId,
  newEvent,
  TransferCall,
  type FlowDocument
} from '@leadlog/contracts'
import { defineCommandHandler } from '@leadlog/service'
import { settingOf } from '../call/answer-call.ts'
import { callRef } from '../call/call-ref.ts'
import { callOf, ownerOf, type Call } from '../call/call.ts'
import { conferenceOf } from '../conference/conference.ts'
import { openConference } from '../conference/decide-conference.ts'
import { conferenceRef } from '../conference/room.ts'
import type { TelephonyDeps } from '../deps.ts'
import { dialIdOf, dialOf, dialRef } from '../dial/dial.ts'
import { noTransfer, notTransferable, numberInvalid, transferUnderWay } from '../errors.ts'
import { isPhoneNumber } from '../number/phone-number.ts'
import { twilioAccess } from '../twilio/twilio-access.ts'
import { isClosed, isSettled, type CallTransfer } from './transfer.ts'

/** Hands a caller to a colleague; what it takes is done by reactors. */
export const transferCallCommand = defineCommandHandler({
  command: TransferCall,
  emits: [CallTransferRequested, ConferenceOpened],
  handle: async ({ callId, to, why }, deps: TelephonyDeps, { commandId, sentAt, load, transact }) => {
    const access = twilioAccess(deps)
    if ('refused' in access) return access
    if (!isPhoneNumber(to)) return numberInvalid()
    const before = callOf((await load(callRef(callId))).events)
    const flow = (await settingOf(deps, before))?.flow
    const owner = ownerOf(before)
    if (flow === undefined || owner === null) return notTransferable()
    const earlier = before.transfer !== null && isSettled(before.transfer) ? before.transfer : null
    const agentCallSid = earlier === null ? null : await whoTalks(earlier, load)
    const transferId = derivedId('transfer', commandId)
    const conferenceId = earlier?.conferenceId ?? derivedId('transfer-conference', commandId)
    const dialId = dialIdOf(commandId)
    const result = await transact({
      load: [callRef(callId), conferenceRef(conferenceId)],
      decide: ([history, conference]) => {
        const call = callOf(history?.events ?? [])
        if (call.transfer?.transferId === transferId) return []
        if (call.ended !== null || call.fellBack) return notTransferable()
        const current = call.transfer
        if (current !== null && !isClosed(current)) {
          if (current.transferId !== earlier?.transferId || current.stage !== earlier.stage) return transferUnderWay()
        } else if (earlier !== null || !isPutThrough(call, flow)) return notTransferable()
        return [
          newEvent(CallTransferRequested, callId, {
            callId,
            personId: owner.personId,
            transferId,
            conferenceId,
            dialId,
            turn: earlier?.turn ?? call.turns.length + 1,
            to,
            why,
            agentCallSid,
            at: sentAt
          }),
          ...openConference(conferenceOf(conference?.events ?? []), {
            conferenceId,
            name: 'Transfer',
            transferOf: callId,
            openedAt: sentAt
          })
        ]
      }
    })
    return 'refusal' in result ? result.refusal : { transferId, conferenceId, dialId }
  }
})

/** Leaves the caller with the colleague. */
export const completeTransferCommand = defineCommandHandler({
  command: CompleteTransfer,
  emits: [CallTransferCompletionRequested],
  handle: async ({ callId }, deps: TelephonyDeps, { sentAt, load, transact }) => {
    const access = twilioAccess(deps)
    if ('refused' in access) return access
    const result = await transact({
      load: [callRef(callId)],
      decide: ([history]) => {
        const { transfer } = callOf(history?.events ?? [])
        if (transfer === null || isClosed(transfer) || transfer.stage === 'with-agent') return noTransfer()
        const { transferId, completionRequested } = transfer
        if (completionRequested) return []
        return [newEvent(CallTransferCompletionRequested, callId, { callId, transferId, at: sentAt })]
      }
    })
    if ('refusal' in result) return result.refusal
    return { transferId: callOf((await load(callRef(callId))).events).transfer?.transferId ?? '' }
  }
})

/** Whether the call waits at a step that puts the caller through to somebody. */
function isPutThrough(call: Call, flow: FlowDocument): boolean {
  const step = call.turns.at(-1)?.position?.step ?? null
  return flow.steps.find(({ id }) => id === step)?.kind === 'dial'
}

/** The call of whoever the caller was left with: they hand over now. */
async function whoTalks(
  { stage, agentCallSid, dialId }: CallTransfer,
  load: (ref: ReturnType<typeof dialRef>) => ReturnType<TelephonyDeps['log']['load']>
): Promise<string | null> {
  if (stage === 'with-agent') return agentCallSid
  return dialOf((await load(dialRef(dialId))).events).placed?.callSid ?? null
}
