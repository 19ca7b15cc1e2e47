import {
  CallCancelRequested,
  CallNotPlaced,
  CallPlaced,
  CallRequested,
  DialCleared,
  DialPlaced,
  newEvent,
  type ContactCheck,
  type DataOf,
  type NewEvent,
  type NotPlacedReason,
  type Refusal
} from '@leadlog/contracts'
import type { Call } from '../call/call.ts'
import { callOfAnotherDial } from '../errors.ts'
import type { Dial } from './dial.ts'

type Request = DataOf<typeof CallRequested>

/** Once. */
export function requestCall(dial: Dial, request: Request): readonly NewEvent[] {
  return dial.requested === null ? [newEvent(CallRequested, request.dialId, request)] : []
}

/**
 * The last look before Twilio is asked: the way is clear, or the call is not placed. Of a call that Twilio has, or that is
 * settled, nothing follows.
 */
export function clearDial(dial: Dial, check: ContactCheck, now: Date): readonly NewEvent[] {
  const { requested } = dial
  if (requested === null || isSettled(dial)) return []
  if (dial.canceled) return [notPlaced(requested, 'canceled', now)]
  if (now.getTime() > Date.parse(requested.placeBefore)) return [notPlaced(requested, 'too-late', now)]
  if (check.result === 'suppressed') return [notPlaced(requested, 'suppressed', now, { check })]
  if (check.result === 'quiet') return [notPlaced(requested, 'quiet-hours', now, { check })]
  return [newEvent(DialCleared, requested.dialId, { dialId: requested.dialId, check, at: now.toISOString() })]
}

/**
 * Twilio has the call. Whoever learns it first says so; it stands also where the call was taken back meanwhile. A call that is
 * another dial's cannot be this one's.
 */
export function placeDial(
  dial: Dial,
  call: Pick<Call, 'placed'>,
  { callId, callSid, how }: Pick<DataOf<typeof DialPlaced>, 'callId' | 'callSid' | 'how'>,
  now: Date
): readonly NewEvent[] | Refusal {
  const { requested } = dial
  if (requested === null) return []
  const { dialId, personId, leadId, from, to } = requested
  if (call.placed !== null) return call.placed.dialId === dialId ? [] : callOfAnotherDial()
  const at = now.toISOString()
  const placed = newEvent(CallPlaced, callId, { callId, dialId, personId, leadId, callSid, from, to, placedAt: at })
  return dial.placed === null ? [newEvent(DialPlaced, dialId, { dialId, callId, callSid, how, at }), placed] : [placed]
}

/** Twilio refused the call. @param code such as TWILIO_21211 */
export function refuseDial(dial: Dial, code: string, now: Date): readonly NewEvent[] {
  return dial.requested === null || isSettled(dial) ? [] : [notPlaced(dial.requested, 'refused', now, { code })]
}

/** Once, and not where nothing is left to be taken back. */
export function cancelDial(dial: Dial, why: string | null, at: string): readonly NewEvent[] {
  const { requested } = dial
  if (requested === null || dial.canceled || dial.notPlaced !== null) return []
  const { dialId, personId } = requested
  return [newEvent(CallCancelRequested, dialId, { dialId, personId, why, at })]
}

export function isSettled(dial: Dial): boolean {
  return dial.placed !== null || dial.notPlaced !== null
}

function notPlaced(
  { dialId, personId, leadId }: Request,
  reason: NotPlacedReason,
  now: Date,
  { code = null, check = null }: { readonly code?: string | null; readonly check?: ContactCheck | null } = {}
): NewEvent {
  return newEvent(CallNotPlaced, dialId, { dialId, personId, leadId, reason, code, check, at: now.toISOString() })
}
