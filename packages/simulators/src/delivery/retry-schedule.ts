import type { Delivery } from '../sample-day/delivery.ts'

const MINUTE = 60
const HOUR = 3600

/** Delays double from a start until their sum would pass a limit. */
const doubling = (firstSeconds: number, withinSeconds: number): number[] => {
  const delays: number[] = []
  let sum = 0
  for (let delay = firstSeconds; sum + delay <= withinSeconds; delay *= 2) {
    delays.push(delay)
    sum += delay
  }
  return delays
}

/**
 * Seconds between the attempts of a vendor. Calendly: exponential for up to 24 h. Read.ai: five retries. Zoom: three. Standard
 * Webhooks: the specification's example. Only the limits are documented, the single steps of the first two are not.
 */
export const retrySchedules: Record<Delivery['provider'], readonly number[]> = {
  calendly: doubling(MINUTE, 24 * HOUR),
  readai: doubling(MINUTE, MINUTE * 31),
  zoom: [5 * MINUTE, 20 * MINUTE, HOUR],
  standard: [5, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR]
}

/** Deliveries that fail in a row until Read.ai stops a webhook. */
export const READAI_FAILURES_TO_STOP = 25
