import { setTimeout as delay } from 'node:timers/promises'
import { TransientError } from '@leadlog/contracts'
import type { Clock, Logger } from '@leadlog/service'
import type { Counter } from 'prom-client'
import type { Delivery } from './deliver-sms.ts'
import { nextDue, type Waiting } from './next-due.ts'
import type { SmsQueue } from './sms-queue.ts'

/** More at once would only wait for the rate. */
const MOST_AT_ONCE = 32

/** How long the queue rests while nothing changes: times come due by themselves. */
const REST_MS = 250

/** What failed for a time is tried again after this, unless the failure says when. */
const TRY_AGAIN_AFTER_MS = 2_000
const TRY_AGAIN_AT_MOST_MS = 60_000

/**
 * Sends what waits, as long as the process runs. Every process does; the ledger of effects sees to it that each message is one
 * process's, and the budgets to the rate.
 *
 * @returns stops taking messages, and resolves when those in hand are done
 */
export function sendWaiting(parts: {
  readonly queue: SmsQueue
  readonly deliver: (messageId: string) => Promise<Delivery>
  readonly outcomes: Counter<'outcome'>
  readonly clock: Clock
  readonly logger: Logger
}): () => Promise<void> {
  const { queue, deliver, outcomes, clock, logger } = parts
  const inHand = new Map<string, Set<string>>()
  const lastTurn = new Map<string, number>()
  const failures = new Map<string, number>()
  const running = new Set<Promise<void>>()
  const stopping = new AbortController()
  let turns = 0

  const counts = (): ReadonlyMap<string, number> => new Map([...inHand].map(([from, ids]) => [from, ids.size]))

  const handle = async ({ messageId, from }: Waiting): Promise<void> => {
    try {
      const delivery = await deliver(messageId)
      failures.delete(messageId)
      if (delivery.outcome === 'waits') queue.putOff(messageId, delivery.until)
      else {
        // The log tells soon that it is settled or held; until then it is not taken again.
        queue.putOff(messageId, clock.now().getTime() + TRY_AGAIN_AFTER_MS)
        if (delivery.outcome !== 'settled') outcomes.inc({ outcome: delivery.outcome })
      }
    } catch (error) {
      const failed = (failures.get(messageId) ?? 0) + 1
      failures.set(messageId, failed)
      const wait = error instanceof TransientError ? error.retryAfterMs : undefined
      const after = wait ?? Math.min(TRY_AGAIN_AFTER_MS * 2 ** Math.min(failed - 1, 5), TRY_AGAIN_AT_MOST_MS)
      queue.putOff(messageId, clock.now().getTime() + after)
      const code = (error as { code?: string }).code ?? null
      if (code !== 'EFFECT_IN_PROGRESS') {
        outcomes.inc({ outcome: 'tried-again' })
        logger.warn({ err: error, messageId, retryInMs: after }, 'a message waits for another attempt')
      }
    } finally {
      inHand.get(from)?.delete(messageId)
    }
  }

  const take = (one: Waiting): void => {
    const ids = inHand.get(one.from) ?? new Set<string>()
    inHand.set(one.from, ids.add(one.messageId))
    turns += 1
    lastTurn.set(one.from, turns)
    const work = handle(one).finally(() => running.delete(work))
    running.add(work)
  }

  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const free = [...queue.waiting()].filter(({ messageId, from }) => inHand.get(from)?.has(messageId) !== true)
      const next =
        running.size < MOST_AT_ONCE ? nextDue(free, { inHand: counts(), lastTurn }, clock.now().getTime()) : null
      if (next) take(next)
      else await Promise.race([rest(stopping.signal), queue.changed(), ...running])
    }
  }
  const looping = loop()
  return async () => {
    stopping.abort()
    await looping
    await Promise.all(running)
  }
}

function rest(signal: AbortSignal): Promise<void> {
  return delay(REST_MS, undefined, { signal }).catch(() => undefined)
}
