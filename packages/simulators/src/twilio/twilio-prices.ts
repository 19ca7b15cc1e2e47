import type { SimulatorClock } from '../clock.ts'
import type { Settings } from '../settings.ts'
import { segmentsOf } from './twilio-resources.ts'
import type { SimulatedCall, SimulatedMessage, SimulatedRecording } from './twilio-resources.ts'

/** What the account is charged, as Twilio shows it: below zero, and null until some time after the end. */
export interface TwilioPrices {
  ofCall(call: SimulatedCall): string | null
  ofMessage(message: SimulatedMessage): string | null
  ofRecording(recording: SimulatedRecording): string | null
}

/** Dollars, in hundred-thousandths. */
const INBOUND_MINUTE = 850
const OUTBOUND_MINUTE = 1_400
const RECORDED_MINUTE = 250
const OUTBOUND_SEGMENT = 790
const INBOUND_SEGMENT = 750

const shown = (hundredThousandths: number): string => `-${(hundredThousandths / 100_000).toFixed(5)}`

/** Begun minutes count as whole ones. */
const minutes = (seconds: number): number => Math.ceil(seconds / 60)

export const createTwilioPrices = (clock: SimulatorClock, settings: Settings): TwilioPrices => {
  const isKnown = (since: string | null): boolean =>
    since !== null && clock.now().getTime() >= Date.parse(since) + settings.twilioPricedAfterMs
  return {
    ofCall({ status, direction, seconds, endedAt }) {
      // Who did not get through is not charged, and never has a price.
      if (status !== 'completed' || !isKnown(endedAt)) return null
      return shown(minutes(seconds ?? 0) * (direction === 'inbound' ? INBOUND_MINUTE : OUTBOUND_MINUTE))
    },
    ofMessage({ direction, body, sentAt }) {
      if (!isKnown(sentAt)) return null
      return shown(segmentsOf(body) * (direction === 'inbound' ? INBOUND_SEGMENT : OUTBOUND_SEGMENT))
    },
    ofRecording: ({ status, seconds, updatedAt }) =>
      status === 'completed' && isKnown(updatedAt) ? shown(minutes(seconds) * RECORDED_MINUTE) : null
  }
}
