import type { Lane } from '@leadlog/contracts'

/** A time; its end does not belong to it. */
export interface Window {
  readonly from: Date
  readonly to: Date
}

/** Something that happened at a provider, for which a webhook should have come. */
export interface PulledItem {
  /** Name of the webhook's event. */
  readonly eventType: string
  /** When it happened; ISO 8601. */
  readonly occurredAt: string
  /**
   * What the webhook may be about, one of them first in its external id. Something happens to a resource once, so a
   * webhook of the same type about one of them is this one, whatever version its key names.
   */
  readonly resources: readonly string[]
  /** The webhook as the provider would have sent it; asked for only where it is missing. */
  webhook(): Promise<object>
}

/** How the calls of a run are made. */
export interface PullOptions {
  readonly lane: Lane
  readonly signal: AbortSignal
}

/** A provider whose API tells what its webhooks told. */
export interface PullSource {
  /** Name of the provider of webhooks. */
  readonly name: string
  /** What stands in the place of a signature's scheme. */
  readonly scheme: string
  /** A webhook may come so late without being lost. */
  readonly graceMs: number
  /**
   * What happened in the time, in any order.
   *
   * @throws PermanentError where the provider refuses, TransientError where it is away
   */
  list(window: Window, options: PullOptions): AsyncIterable<PulledItem>
}
