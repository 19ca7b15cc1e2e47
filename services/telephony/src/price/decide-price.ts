import {
  CallPriced,
  isEvent,
  newEvent,
  RecordingPriced,
  SmsPriced,
  type DataOf,
  type NewEvent,
  type RecordedEvent
} from '@leadlog/contracts'

type PriceEvent = typeof CallPriced | typeof SmsPriced | typeof RecordingPriced

interface Price {
  readonly price: string
  readonly currency: string
}

/** The prices of one thing that are taken down, the newest last. */
export function pricesOf(history: readonly RecordedEvent[], sid: string): readonly Price[] {
  return history.flatMap((event): readonly Price[] => {
    if (isEvent(event, CallPriced)) return event.data.callSid === sid ? [event.data] : []
    if (isEvent(event, SmsPriced)) return event.data.messageSid === sid ? [event.data] : []
    if (isEvent(event, RecordingPriced)) return event.data.recordingSid === sid ? [event.data] : []
    return []
  })
}

/** Takes down a price that is not the one taken down last. Pure. */
export function takePrice<E extends PriceEvent>(
  definition: E,
  aggregateId: string,
  history: readonly RecordedEvent[],
  sid: string,
  data: DataOf<E>
): readonly NewEvent[] {
  const last = pricesOf(history, sid).at(-1)
  return last?.price === data.price && last.currency === data.currency ? [] : [newEvent(definition, aggregateId, data)]
}
