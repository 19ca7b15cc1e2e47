import type { RowOf } from '../api/client.ts'
import type { StatusLook } from './status.ts'
import { reasonWords } from './suppressions.ts'

type Dial = RowOf<'/v1/dials'>

/** How a call stands that was asked for. */
export function dialLook({ state, canceled }: Pick<Dial, 'state' | 'canceled'>): StatusLook {
  if (state === 'placed') return { tone: 'success', icon: 'check', word: 'Placed' }
  if (state === 'waiting' && canceled) return { tone: 'neutral', icon: 'minus', word: 'Taken back' }
  if (state === 'waiting') return { tone: 'info', icon: 'clock', word: 'Asked for' }
  return { tone: 'warning', icon: 'cross', word: 'Not placed' }
}

/** Why a call was not placed; null where it was, or may be yet. */
export function whyNotPlaced({
  state,
  reason,
  code,
  proof
}: Pick<Dial, 'state' | 'reason' | 'code' | 'proof'>): string | null {
  if (state !== 'not-placed') return null
  switch (reason) {
    case 'suppressed':
      return `${proof?.reason == null ? 'They are not to be called' : reasonWords(proof.reason)}, looked at immediately before it would have rung`
    case 'quiet-hours':
      return 'It is too early or too late where they are, and the time for it passed'
    case 'canceled':
      return 'It was taken back in time'
    case 'too-late':
      return 'The time for it had passed'
    case 'refused':
      return code === null ? 'Twilio refused it' : `Twilio refused it (its code ${code})`
    case null:
      return 'Nobody said why'
  }
}

/** Whom the other end talks to once they answer. */
export function connectWords(connect: Dial['connect']): string {
  if (connect === null) return 'somebody who was erased'
  if (connect.kind === 'number') return connect.number
  return connect.kind === 'flow' ? `the flow ${connect.flowId}` : 'a conference'
}
