import { derivedId, type AggregateRef } from '@leadlog/contracts'

/** The id of a call, of Twilio's. */
export function callIdOf(callSid: string): string {
  return derivedId('twilio-call', callSid)
}

export function callRef(callId: string): AggregateRef {
  return { context: 'telephony', aggregate: 'call', id: callId }
}
