/** Where a delivered message stands, read from its reply subject. */
export interface DeliveryPlace {
  /** Sequence in the stream. */
  readonly sequence: number
  /** How many times it was delivered, this time included. */
  readonly delivered: number
  /** Sequence among the consumer's deliveries, from 1. */
  readonly consumerSequence: number
  /** Messages of the stream that the consumer has not delivered yet. */
  readonly pending: number
}

/** `$JS.ACK.<stream>.<consumer>.…` of older servers; newer ones put domain and account before the stream. */
const SHORT_FORM_TOKENS = 9
const LONG_FORM_EXTRA = 2

export function parseAckSubject(subject: string): DeliveryPlace {
  const tokens = subject.split('.')
  const shift = tokens.length === SHORT_FORM_TOKENS ? 0 : LONG_FORM_EXTRA
  return {
    delivered: Number(tokens[4 + shift]),
    sequence: Number(tokens[5 + shift]),
    consumerSequence: Number(tokens[6 + shift]),
    pending: Number(tokens[8 + shift])
  }
}
