import { isEvent, WebhookReceived } from '@leadlog/contracts'
import type { EventLog } from '@leadlog/event-log'
import { assertGoing } from './ended.ts'
import type { PulledItem } from './pulled-item.ts'

/** Webhooks looked at in one step. */
const BATCH = 500
const BATCH_WAIT_MS = 50

/** Clocks of providers and ours differ by less. */
const CLOCK_SKEW_MS = 3_600_000

/** What came as webhooks, by what happened to what. */
export interface KnownWebhooks {
  has(item: PulledItem): boolean
  add(item: PulledItem): void
}

/**
 * Reads the names of a provider's webhooks that were stored since. A webhook is never earlier than what it tells, so
 * nothing of before needs to be looked at. The bodies stay sealed.
 *
 * @throws TransientError EVENT_LOG_UNAVAILABLE
 */
export async function knownWebhooks(
  log: Pick<EventLog, 'batches' | 'lastSequence' | 'sequenceAt'>,
  provider: string,
  since: Date,
  signal: AbortSignal
): Promise<KnownWebhooks> {
  const names = new Set<string>()
  const known: KnownWebhooks = {
    has: (item) => item.resources.some((resource) => names.has(nameOf(item.eventType, resource))),
    add: (item) => {
      for (const resource of item.resources) names.add(nameOf(item.eventType, resource))
    }
  }
  const fromSequence = await log.sequenceAt('INGEST', new Date(since.getTime() - CLOCK_SKEW_MS))
  const untilSequence = await log.lastSequence('INGEST')
  if (untilSequence < fromSequence) return known
  const request = { stream: 'INGEST', subjects: [`in.${provider}.>`], fromSequence, untilSequence, signal }
  for await (const { events } of log.batches({ ...request, maxEvents: BATCH, maxWaitMs: BATCH_WAIT_MS })) {
    for (const event of events) {
      if (!isEvent(event, WebhookReceived)) continue
      const [resource = ''] = event.data.externalId.split(' ')
      names.add(nameOf(event.data.eventType, resource))
    }
  }
  assertGoing(signal)
  return known
}

function nameOf(eventType: string, resource: string): string {
  return `${eventType} ${resource}`
}
