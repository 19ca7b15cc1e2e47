import type { TelephonyDeps } from '../deps.ts'
import type { VerifiedRequest } from '../twilio/verified-request.ts'
import { beginCall } from './begin-call.ts'
import { continueCall, interruptionsOf, type Answer } from './answer-call.ts'

/** Twilio's codes for an answer that never came: the next one may. With all others the answer itself was no good. */
const NEVER_CAME = /^112\d\d$/
/** A caller who was cut off so often is better served by a person. */
const MOST_INTERRUPTIONS = 3

/**
 * Takes a call on for which Twilio got no answer, such as when the process that had it in hand was ended: where it stands
 * is recorded, so whoever is asked can go on. What the caller did may have been lost with the request; then the step asks
 * again. Null where it is better to give up: a wrong answer would come again, and what followed a dial or a queue is unknown.
 *
 * @throws TransientError where the log is away, RangeError for a call that never was
 */
export async function resumeCall(deps: TelephonyDeps, asked: VerifiedRequest): Promise<Answer | null> {
  const { fields } = asked
  if (!NEVER_CAME.test(fields['ErrorCode'] ?? '')) return null
  const failed = URL.parse(fields['ErrorUrl'] ?? '')
  if (failed?.pathname.endsWith('/twilio/voice') === true) {
    return beginCall(deps, { ...asked, query: failed.searchParams })
  }
  if (failed?.pathname.endsWith('/twilio/voice/continue') !== true) return null
  const query = failed.searchParams
  if (query.get('waiting') === '1') return null
  if ((await interruptionsOf(deps, asked.callSid)) >= MOST_INTERRUPTIONS) return null
  return continueCall(deps, { ...asked, query }, 'after-interruption')
}
