import { CallCancelRequested, DialPlaced, PermanentError } from '@leadlog/contracts'
import { requestDigest } from '@leadlog/outbound'
import { defineReactor } from '@leadlog/service'
import { twilioCodeOf } from '@leadlog/twilio/rest'
import type { TelephonyDeps } from '../deps.ts'
import { requireTwilio } from '../twilio/twilio-access.ts'
import { dialOf, dialRef } from './dial.ts'

/** Twilio's codes for a call that is over, or gone from its books. */
const OVER: ReadonlySet<number | undefined> = new Set([21220, 20404])

/** Calls that are not wanted any more → ended, if they ring or are under way. What comes first, the call or its end, does not matter. */
export const endCanceledCalls = defineReactor({
  name: 'end-canceled-calls',
  on: [CallCancelRequested, DialPlaced],
  emits: [],
  concurrency: 8,
  handle: async (event, deps: TelephonyDeps, context) => {
    const { dialId } = event.data
    const { placed, canceled } = dialOf((await context.load(dialRef(dialId))).events)
    if (placed === null || !canceled) return
    const { effects, twilio } = requireTwilio(deps)
    await effects.run<{ ended: boolean }>({
      vendor: 'twilio',
      operation: 'end-call',
      key: `end:${placed.callSid}`,
      digest: requestDigest({ callSid: placed.callSid }),
      // Ending what is over changes nothing.
      policy: 'upsert',
      perform: async () => {
        try {
          // Also where it rings or waits to be dialled; `canceled` would leave alone what was answered meanwhile.
          await twilio.updateCall(placed.callSid, { status: 'completed' })
          return { ended: true }
        } catch (error) {
          if (error instanceof PermanentError && OVER.has(twilioCodeOf(error))) return { ended: false }
          throw error
        }
      }
    })
  }
})
