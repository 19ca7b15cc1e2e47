import { setTimeout as delay } from 'node:timers/promises'
import { AlertSent, DeadLettered, newEvent, type EventOf } from '@leadlog/contracts'
import { defineBatchReactor, type BatchItem, type BatchOutcome, type HandlerContext } from '@leadlog/service'
import { alertHistory, alertRef, planAlerts, type Alert, type Failure } from './alert.ts'
import { alertText } from './alert-text.ts'
import { ALERT, sendOrWhyNot } from './tell-once.ts'

/** How a message reaches people. */
export interface AlertChannel {
  readonly name: 'slack' | 'log'
  /** @throws TransientError to try again, PermanentError where this channel will never take it */
  send(text: string): Promise<void>
}

export interface NotificationDeps {
  readonly channel: AlertChannel
  readonly gatewayUrl: string | undefined
}

type Item = BatchItem<EventOf<typeof DeadLettered>>

/** Messages taken at once; a storm of more is told in several messages. */
const MAX_BATCH = 500
/** How long to gather failures of one kind before the first is told. */
const GATHER_MS = 500

/**
 * Terminal failures → one message each, or one with a count for a storm. Told at least once: a crash between the
 * sending and its recording repeats the message, with the same reference.
 */
export const alertFailures = defineBatchReactor({
  name: 'alert-failures',
  on: [DeadLettered],
  emits: [AlertSent],
  repeatable: [ALERT],
  concurrency: 8,
  maxBatch: MAX_BATCH,
  maxBatchWaitMs: GATHER_MS,
  orderKey: (event) => (event.data as { fingerprint: string }).fingerprint,
  handleBatch: async (items: readonly Item[], deps: NotificationDeps) => {
    const outcomes = new Map<Item, BatchOutcome>()
    const groups = Map.groupBy(items, ({ event }) => event.data.fingerprint)
    await Promise.all(
      [...groups].map(async ([fingerprint, group]) => {
        const outcome = await alertGroup(fingerprint, group, deps)
        for (const item of group) outcomes.set(item, outcome)
      })
    )
    return items.map((item) => outcomes.get(item) ?? { done: true })
  }
})

async function alertGroup(fingerprint: string, items: readonly Item[], deps: NotificationDeps): Promise<BatchOutcome> {
  const own = items.find(({ event }) => event.data.service === 'notifications')
  const context = items[0]?.context
  if (!context) return { done: true }
  if (own) {
    // Telling of our own failures would fail in the same way, without end.
    context.logger.error({ fingerprint }, 'an alert could not be delivered')
    return { done: true }
  }
  try {
    const failures = items.map(({ event }): Failure => ({ deadLetterId: event.id, at: event.time, data: event.data }))
    const told = alertHistory((await context.load(alertRef(fingerprint))).events)
    const history = context.repeats.has(ALERT) ? { ...told, toldIds: new Set<string>() } : told
    const plan = planAlerts(fingerprint, failures, history, context.clock.now().getTime())
    // A stop ends the waiting: what is known is told now rather than by the next process.
    if (plan.waitMs > 0) await delay(plan.waitMs, undefined, { signal: context.signal }).catch(() => undefined)
    for (const alert of plan.alerts) await tell(alert, deps, context)
    return { done: true }
  } catch (error) {
    return { done: false, error }
  }
}

async function tell(alert: Alert, deps: NotificationDeps, context: HandlerContext): Promise<void> {
  const text = alertText(alert, deps.gatewayUrl)
  const failedBecause = await sendOrWhyNot(deps.channel, text, context)
  await context.transact({
    step: context.repeats.has(ALERT) ? `${alert.alertId}/${context.attemptToken}` : alert.alertId,
    load: [alertRef(alert.fingerprint)],
    decide: () => [
      newEvent(AlertSent, alertRef(alert.fingerprint).id, {
        alertId: alert.alertId,
        channel: deps.channel.name,
        fingerprint: alert.fingerprint,
        count: alert.failures.length,
        deadLetterIds: alert.failures.map((failure) => failure.deadLetterId),
        text,
        firstAt: alert.failures[0]?.at ?? context.clock.now().toISOString(),
        lastAt: alert.failures.at(-1)?.at ?? context.clock.now().toISOString(),
        failedBecause
      })
    ]
  })
}
