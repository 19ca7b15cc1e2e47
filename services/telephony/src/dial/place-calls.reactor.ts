import {
  CallNotPlaced,
  CallPlaced,
  CallRequested,
  DialCleared,
  DialPlaced,
  PermanentError,
  type AggregateRef
} from '@leadlog/contracts'
import { requestDigest } from '@leadlog/outbound'
import { defineReactor, type HandlerContext } from '@leadlog/service'
import { callIdOf, callRef } from '../call/call-ref.ts'
import { callOf } from '../call/call.ts'
import type { TelephonyDeps } from '../deps.ts'
import { checkContact } from '../suppression/check-contact.ts'
import { contactTimeZones } from '../suppression/look-at-contact.ts'
import { openWays, suppressionOf, suppressionRef } from '../suppression/suppression.ts'
import { requireTwilio, type TwilioAccess } from '../twilio/twilio-access.ts'
import { clearDial, isSettled, placeDial, refuseDial } from './decide-dial.ts'
import { dialOf, dialRef, type Dial } from './dial.ts'
import { findCall, type PlacedCall } from './find-call.ts'
import { machineDetectionOf } from './program-of.ts'

/** Twilio lets one call a second begin and queues the others; more at once would only wait there. */
const AT_ONCE = 8

/** Code of what `perform` throws where the call is not to be placed any more: the log says why. */
const SETTLED = 'TELEPHONY_DIAL_SETTLED'

/**
 * Calls that were asked for → calls at Twilio, each dialled once. Whether the person may be called is looked at immediately
 * before; what an earlier attempt may have made is looked for first.
 */
export const placeCalls = defineReactor({
  name: 'place-calls',
  on: [CallRequested],
  emits: [DialCleared, DialPlaced, CallPlaced, CallNotPlaced],
  concurrency: AT_ONCE,
  handle: async (event, deps: TelephonyDeps, context) => {
    const { dialId, requestedAt } = event.data
    const access = requireTwilio(deps)
    const load = async (): Promise<Dial> => dialOf((await context.load(dialRef(dialId))).events)
    try {
      const { response, how } = await access.effects.run<PlacedCall>({
        vendor: 'twilio',
        operation: 'place-call',
        key: `dial:${dialId}`,
        digest: requestDigest({ dialId }),
        causedAt: new Date(requestedAt),
        policy: 'look-up',
        reconcile: async (previous) => {
          const parts = {
            twilio: access.twilio,
            load: (ref: AggregateRef) => context.load(ref),
            now: context.clock.now()
          }
          for (;;) {
            const found = await findCall(await load(), previous, parts)
            // Two dials to one number may find the same call: who takes it down first has it, the other looks on.
            if (!found.found || (await takeDown(dialId, found.response, 'found', context))) return found
          }
        },
        perform: async () => {
          const dial = await load()
          if (dial.placed !== null) return { callSid: dial.placed.callSid }
          await clear(dial, deps, context)
          return dialNow(dial, access, context)
        }
      })
      await takeDown(dialId, response, how === 'reconciled' ? 'found' : 'answered', context)
    } catch (error) {
      if (!(error instanceof PermanentError)) throw error
      if (error.code === SETTLED) return
      if (!error.code.startsWith('TWILIO_')) throw error
      await context.transact({
        step: 'refused',
        load: [dialRef(dialId)],
        decide: ([history]) => refuseDial(dialOf(history?.events ?? []), error.code, context.clock.now())
      })
    }
  }
})

/**
 * The last look, decided over the histories of the dial and of what closes the way to the number: a STOP or a cancel that
 * is recorded before it is seen by it. @throws PermanentError where the call is not to be placed
 */
async function clear({ requested, clearances }: Dial, deps: TelephonyDeps, context: HandlerContext): Promise<void> {
  if (requested === null || requested.to === null) throw settled('its person was erased')
  const { dialId, to, leadId, purpose } = requested
  const zones = await contactTimeZones({ load: (ref) => context.load(ref) }, { number: to, leadId })
  const suppression = suppressionRef(deps.callerId(to))
  await context.transact({
    step: `clear/${clearances}`,
    load: [dialRef(dialId), suppression],
    decide: ([history, closing]) => {
      const now = context.clock.now()
      const check = checkContact({
        suppression: closing ? suppressionOf(closing) : openWays(suppression.id),
        channel: 'call',
        purpose,
        now,
        zones,
        quietHours: deps.quietHours
      })
      return clearDial(dialOf(history?.events ?? []), check, now)
    }
  })
  if (isSettled(dialOf((await context.load(dialRef(dialId))).events))) throw settled('it is settled')
}

async function dialNow(
  { requested }: Dial,
  { twilio, voiceUrl, ingestUrl }: TwilioAccess,
  { logger }: HandlerContext
): Promise<PlacedCall> {
  if (requested === null || requested.to === null) throw settled('its person was erased')
  const { dialId, to, from, ringSeconds, onMachine } = requested
  const machineDetection = machineDetectionOf(onMachine)
  const call = await twilio.createCall({
    to,
    from,
    // The call names its dial with the first that is heard of it, whoever is told the answer to this.
    url: `${voiceUrl}/twilio/voice?dial=${dialId}`,
    fallbackUrl: `${voiceUrl}/twilio/voice/fallback`,
    statusCallback: `${ingestUrl}/webhooks/twilio/voice-status?dial=${dialId}`,
    statusCallbackEvents: ['initiated', 'ringing', 'answered', 'completed'],
    timeoutSeconds: ringSeconds,
    ...(machineDetection === undefined ? {} : { machineDetection })
  })
  logger.info({ dialId, callSid: call.sid }, 'a call was placed')
  return { callSid: call.sid }
}

/** @returns false where the call is another dial's */
async function takeDown(
  dialId: string,
  { callSid }: PlacedCall,
  how: 'answered' | 'found',
  context: HandlerContext
): Promise<boolean> {
  const callId = callIdOf(callSid)
  const result = await context.transact({
    step: `placed/${callSid}`,
    load: [dialRef(dialId), callRef(callId)],
    decide: ([history, call]) =>
      placeDial(
        dialOf(history?.events ?? []),
        callOf(call?.events ?? []),
        { callId, callSid, how },
        context.clock.now()
      )
  })
  return !('refusal' in result)
}

function settled(because: string): PermanentError {
  return new PermanentError(SETTLED, `The call is not placed: ${because}`)
}
