/** What becomes of a delivery in the end. */
export type DeliveryOutcome = 'processed' | 'ignored' | 'failed' | 'refused'

/** What is expected of a delivery. */
export interface DeliveryExpectation {
  /** The status that ingest answers with. */
  status: number
  /** How the webhook ends: `ignored` changes nothing, `failed` is a dead letter, `refused` is never stored. */
  outcome: DeliveryOutcome
  /** Why it does not end as processed; what it repeats, where it is a repeat. */
  because?: string
  /** The name of the delivery whose key it repeats. */
  repeats?: string
}

/** One webhook of a vendor, ready to be sent. */
export interface Delivery {
  name: string
  provider: 'calendly' | 'readai' | 'standard' | 'zoom'
  /** Path at ingest. */
  path: string
  /** The exact bytes, as text. */
  body: string
  /** The headers of an attempt made now: signatures carry the time of the attempt. */
  headers(now: Date): Record<string, string>
  expect: DeliveryExpectation
}
