import type { CallTransferRequested, DataOf, TransferStage } from '@leadlog/contracts'

/** A caller who is handed to a colleague: in a conference of the caller, whoever hands over, and the colleague. */
export interface CallTransfer {
  readonly transferId: string
  readonly conferenceId: string
  /** Calls the colleague. */
  readonly dialId: string
  /** The turn of the call that waits until the caller is back from the conference. */
  readonly turn: number
  /** The colleague's number; null where the person of the call was erased. */
  readonly to: string | null
  readonly why: string | null
  /** The call of whoever hands over; null: not found yet, or none. */
  readonly agentCallSid: string | null
  readonly requestedAt: string
  /** When Twilio had been told to take them into the conference. */
  readonly movedAt: string | null
  readonly completionRequested: boolean
  readonly stage: TransferStage
  /** What was recorded of it so far; a decision that rests on less is none. */
  readonly step: number
}

export function transferFrom(requested: DataOf<typeof CallTransferRequested>): CallTransfer {
  const { transferId, conferenceId, dialId, turn, to, why, agentCallSid, at } = requested
  return {
    transferId,
    conferenceId,
    dialId,
    turn,
    to,
    why,
    agentCallSid,
    requestedAt: at,
    movedAt: null,
    completionRequested: false,
    stage: 'moving',
    step: 0
  }
}

export function withTransfer(
  transfer: CallTransfer | null,
  transferId: string,
  change: Partial<Pick<CallTransfer, 'agentCallSid' | 'movedAt' | 'completionRequested' | 'stage'>>
): CallTransfer | null {
  if (transfer === null || transfer.transferId !== transferId) return transfer
  return { ...transfer, ...change, step: transfer.step + 1 }
}

/** Nothing is to be done for it any more. */
export function isClosed({ stage }: Pick<CallTransfer, 'stage'>): boolean {
  return stage === 'over' || stage === 'fell-back'
}

/** The caller talks to somebody: as long as that lasts there is nothing to do. */
export function isSettled({ stage }: Pick<CallTransfer, 'stage'>): boolean {
  return stage === 'with-colleague' || stage === 'with-agent'
}

/** Whether a turn of a call is answered with the conference: it goes on once the caller is back from there. */
export function isAwayAt(transfer: CallTransfer | null, turn: number): transfer is CallTransfer {
  return transfer !== null && !isClosed(transfer) && transfer.turn === turn
}
