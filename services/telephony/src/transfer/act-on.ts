import { PermanentError } from '@leadlog/contracts'
import { requestDigest } from '@leadlog/outbound'
import { twilioCodeOf } from '@leadlog/twilio/rest'
import type { Call } from '../call/call.ts'
import type { TwilioAccess } from '../twilio/twilio-access.ts'
import type { Sight } from './look.ts'
import type { Wanted } from './next-stage.ts'
import type { CallTransfer } from './transfer.ts'

/** Twilio's codes for who or what is not there any more: the next look tells. */
const GONE: ReadonlySet<number | undefined> = new Set([20404, 21220])

/** What was done and is not so is done again after this; until then Twilio may be about to. */
const AGAIN_AFTER_MS = 10_000

interface Situation {
  readonly call: Call
  readonly transfer: CallTransfer
  readonly colleagueSid: string | null
  readonly sight: Sight
  readonly wanted: Wanted
  readonly now: Date
}

/** Makes so at Twilio what is to be so and is not. Each of these may be repeated: then it is as it was. */
export async function actOn(
  { call, transfer, colleagueSid, sight: { conferenceSid, participants }, wanted, now }: Situation,
  { effects, twilio, voiceUrl }: TwilioAccess
): Promise<void> {
  const callSid = call.received?.callSid ?? ''
  const period = Math.floor(now.getTime() / AGAIN_AFTER_MS)
  const act = (operation: string, about: object, perform: () => Promise<unknown>): Promise<unknown> =>
    effects.run<{ done: boolean }>({
      vendor: 'twilio',
      operation: `transfer-${operation}`,
      key: `transfer:${transfer.transferId}:${String(transfer.step)}:${operation}:${String(period)}`,
      digest: requestDigest({ transferId: transfer.transferId, operation, ...about }),
      policy: 'upsert',
      perform: async () => {
        try {
          await perform()
          return { done: true }
        } catch (error) {
          if (error instanceof PermanentError && GONE.has(twilioCodeOf(error))) return { done: false }
          throw error
        }
      }
    })

  if (wanted.callerTo !== null) {
    const url =
      wanted.callerTo === 'fallback'
        ? `${voiceUrl}/twilio/voice/fallback?because=transfer`
        : `${voiceUrl}/twilio/voice/continue?turn=${String(transfer.turn)}&back=1`
    await act(`caller-to-${wanted.callerTo}`, { url }, () => twilio.updateCall(callSid, { url }))
    return
  }
  if (conferenceSid === null) return
  const caller = participants.get(callSid)
  // Who is not with them any more is let go first: the other way round the conference would end with them.
  for (const [who, sid] of [
    ['agent', transfer.agentCallSid],
    ['colleague', colleagueSid]
  ] as const) {
    const participant = sid === null ? undefined : participants.get(sid)
    if (sid === null || participant === undefined) continue
    const endConferenceOnExit = wanted.endsWith === who
    if (participant.endConferenceOnExit === endConferenceOnExit) continue
    await act(`${who}-ends-${String(endConferenceOnExit)}`, { sid, endConferenceOnExit }, () =>
      twilio.updateParticipant(conferenceSid, sid, { endConferenceOnExit })
    )
  }
  if (caller !== undefined && caller.hold !== wanted.callerHeld) {
    const hold = wanted.callerHeld
    await act(`hold-${String(hold)}`, { callSid, hold }, () =>
      twilio.updateParticipant(conferenceSid, callSid, { hold })
    )
  }
  const agentSid = transfer.agentCallSid
  if (wanted.agentRemoved && agentSid !== null && participants.has(agentSid)) {
    await act('agent-leaves', { agentSid }, () => twilio.removeParticipant(conferenceSid, agentSid))
  }
}
