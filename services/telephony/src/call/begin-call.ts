import type { TelephonyDeps } from '../deps.ts'
import { answerPlaced } from '../dial/answer-placed.ts'
import type { VerifiedRequest } from '../twilio/verified-request.ts'
import { answerCall, type Answer } from './answer-call.ts'

/** The first request of a call: one of ours names the dial that it is of, all others came in. */
export function beginCall(deps: TelephonyDeps, asked: VerifiedRequest): Promise<Answer> {
  const dialId = asked.query.get('dial')
  return dialId === null ? answerCall(deps, asked) : answerPlaced(deps, asked, dialId)
}
