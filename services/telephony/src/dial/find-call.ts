import { TransientError, type AggregateRef } from '@leadlog/contracts'
import type { AggregateHistory } from '@leadlog/event-log'
import type { PreviousAttempt, Reconciled } from '@leadlog/outbound'
import type { TwilioClient } from '@leadlog/twilio/rest'
import { callIdOf, callRef } from '../call/call-ref.ts'
import { callOf } from '../call/call.ts'
import type { Dial } from './dial.ts'

/** What the ledger keeps of a call that was placed. */
export interface PlacedCall {
  readonly callSid: string
}

/** Twilio may still be making what was asked for when its answer is given up; only after this its list is believed. */
const LIST_IS_WHOLE_AFTER_MS = 3_000
/** Our clock and Twilio's. */
const CLOCKS_APART_MS = 60_000

/**
 * Looks for the call that an earlier attempt may have made: in our log first, where its own news name it, then in Twilio's list
 * by both numbers and the time. A call that is another dial's is none.
 *
 * @throws TransientError while Twilio may still be making it
 */
export async function findCall(
  { placed, requested }: Dial,
  previous: Pick<PreviousAttempt, 'at'>,
  parts: {
    readonly twilio: Pick<TwilioClient, 'listCalls'>
    readonly load: (ref: AggregateRef) => Promise<AggregateHistory>
    readonly now: Date
  }
): Promise<Reconciled<PlacedCall>> {
  if (placed !== null) return { found: true, response: { callSid: placed.callSid } }
  if (requested === null || requested.to === null) return { found: false }
  const since = parts.now.getTime() - previous.at.getTime()
  if (since >= 0 && since < LIST_IS_WHOLE_AFTER_MS) {
    throw new TransientError(
      'TELEPHONY_CALL_NOT_VISIBLE_YET',
      'Twilio may still be placing the call: it is looked for',
      {
        retryAfterMs: LIST_IS_WHOLE_AFTER_MS - since,
        countsAsAttempt: false
      }
    )
  }
  const startedAfter = new Date(Date.parse(requested.requestedAt) - CLOCKS_APART_MS)
  const listed = await parts.twilio.listCalls({ to: requested.to, from: requested.from, startedAfter })
  const candidates: string[] = []
  for (const { sid, direction } of listed) {
    if (direction !== 'outbound-api') continue
    const { placed: taken } = callOf((await parts.load(callRef(callIdOf(sid)))).events)
    if (taken?.dialId === requested.dialId) return { found: true, response: { callSid: sid } }
    if (taken === null) candidates.push(sid)
  }
  // The newest comes first; that of the attempt is the oldest of those that nobody else has made.
  const callSid = candidates.at(-1)
  return callSid === undefined ? { found: false } : { found: true, response: { callSid } }
}
