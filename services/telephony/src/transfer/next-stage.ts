import type { TransferStage } from '@leadlog/contracts'
import type { CallTransfer } from './transfer.ts'

/** Who is where at a moment, as Twilio and the log have it. */
export interface Seen {
  /** `elsewhere`: on in the flow, or at the fallback. */
  readonly caller: 'coming' | 'in' | 'elsewhere' | 'over'
  readonly agent: Place
  readonly colleague: Place
}

export type Place = 'coming' | 'in' | 'gone'

/** What is to be so in a stage. */
export interface Wanted {
  /** Whether the caller hears music instead of the others. */
  readonly callerHeld: boolean
  /** With whom the conference ends for the caller. */
  readonly endsWith: 'agent' | 'colleague' | null
  readonly agentRemoved: boolean
  /** Where the caller is sent; null: they stay. */
  readonly callerTo: 'flow' | 'fallback' | null
  /** Whether a colleague who has not answered is not to be called any more. */
  readonly colleagueCanceled: boolean
}

/**
 * The stage that follows from what is seen. It does not matter what was seen before, how often, or what news of it got lost: the
 * caller is with somebody, held while somebody is coming, at the fallback, or gone. Pure.
 */
export function nextStage(
  { stage, completionRequested }: Pick<CallTransfer, 'stage' | 'completionRequested'>,
  { caller, agent, colleague }: Seen
): TransferStage {
  if (stage === 'over' || stage === 'fell-back') return stage
  if (caller === 'over' || caller === 'elsewhere') return 'over'
  // On the way into the conference, or out of it.
  if (caller === 'coming') return stage
  if (colleague === 'in') {
    return agent === 'gone' || completionRequested || stage === 'with-colleague' ? 'with-colleague' : 'introducing'
  }
  if (colleague === 'coming') {
    if (stage === 'with-colleague') return stage
    if (stage !== 'with-agent') return 'calling'
  }
  if (agent !== 'gone') return 'with-agent'
  // They had talked, and the other one hung up: that is how calls end.
  return stage === 'with-agent' || stage === 'with-colleague' ? 'over' : 'fell-back'
}

export function wantedIn(stage: TransferStage, { caller }: Seen): Wanted {
  const nothing: Wanted = {
    callerHeld: false,
    endsWith: null,
    agentRemoved: false,
    callerTo: null,
    colleagueCanceled: false
  }
  switch (stage) {
    case 'moving':
      return nothing
    case 'calling':
    case 'introducing':
      return { ...nothing, callerHeld: true }
    case 'with-colleague':
      return { ...nothing, endsWith: 'colleague', agentRemoved: true }
    case 'with-agent':
      return { ...nothing, endsWith: 'agent', colleagueCanceled: true }
    case 'fell-back':
      return { ...nothing, callerTo: 'fallback', colleagueCanceled: true }
    case 'over':
      return { ...nothing, callerTo: caller === 'in' ? 'flow' : null, colleagueCanceled: true }
  }
}
