import {
  CallCancelRequested,
  CallNotPlaced,
  CallRequested,
  derivedId,
  DialCleared,
  DialPlaced,
  isEvent,
  type AggregateRef,
  type DataOf,
  type RecordedEvent
} from '@leadlog/contracts'

/** A call that was asked for: from the question to the call at Twilio, or to why there is none. */
export interface Dial {
  readonly requested: DataOf<typeof CallRequested> | null
  /** How often it was looked whether the person may be called, and they might. */
  readonly clearances: number
  readonly placed: DataOf<typeof DialPlaced> | null
  readonly notPlaced: DataOf<typeof CallNotPlaced> | null
  readonly canceled: boolean
}

export const unknownDial: Dial = { requested: null, clearances: 0, placed: null, notPlaced: null, canceled: false }

/** @param cause what asked for the call, such as the id of a command */
export function dialIdOf(cause: string): string {
  return derivedId('dial', cause)
}

export function dialRef(dialId: string): AggregateRef {
  return { context: 'telephony', aggregate: 'dial', id: dialId }
}

export function evolveDial(dial: Dial, event: RecordedEvent): Dial {
  if (isEvent(event, CallRequested)) return { ...dial, requested: event.data }
  if (isEvent(event, DialCleared)) return { ...dial, clearances: dial.clearances + 1 }
  if (isEvent(event, DialPlaced)) return { ...dial, placed: event.data }
  if (isEvent(event, CallNotPlaced)) return { ...dial, notPlaced: event.data }
  if (isEvent(event, CallCancelRequested)) return { ...dial, canceled: true }
  return dial
}

export function dialOf(events: readonly RecordedEvent[]): Dial {
  return events.reduce(evolveDial, unknownDial)
}
