import type { SmsEncoding } from '@leadlog/contracts'
import { SegmentedMessage } from 'sms-segments-calculator'

/** Carriers put together at most ten parts; Twilio takes 1,600 characters. */
export const MOST_SEGMENTS = 10
const MOST_CHARACTERS = 1_600

/** What a text costs and how it is carried. */
export interface Segments {
  readonly encoding: SmsEncoding
  readonly segments: number
  readonly characters: number
  readonly tooLong: boolean
}

/** Counted as Twilio counts: one character outside of GSM-7 makes all of them twice as wide. */
export function segmentsOf(text: string): Segments {
  const message = new SegmentedMessage(text)
  const segments = message.segmentsCount
  const characters = message.numberOfCharacters
  const tooLong = segments > MOST_SEGMENTS || text.length > MOST_CHARACTERS
  return { encoding: message.encodingName, segments, characters, tooLong }
}
