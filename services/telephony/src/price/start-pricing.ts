import { setTimeout as delay } from 'node:timers/promises'
import type { EventLog } from '@leadlog/event-log'
import { followLog, type Clock, type FollowParts } from '@leadlog/service'
import type { Counter } from 'prom-client'
import { learnPrices, type PriceDeps } from './learn-prices.ts'
import { createPriceBook, LOOK_BACK_MS } from './price-book.ts'

interface PricingParts extends FollowParts, PriceDeps {
  readonly log: FollowParts['log'] & Pick<EventLog, 'sequenceAt' | 'load' | 'transact'>
  readonly priceAfterMs: number
  readonly polls: Counter<'kind' | 'outcome'>
  readonly clock: Clock
}

const SUBJECTS = ['evt.telephony.call.>', 'evt.telephony.message.>']

/** Something that is due waits for others, so that one list tells of all of them. */
const MOST_REST_MS = 60_000
const LEAST_REST_MS = 100

/**
 * Asks Twilio what calls, messages and recordings are charged: it tells nobody by itself, and some time after their end. Every
 * process asks; what is learnt is taken down once.
 *
 * @returns stops asking
 */
export function startPricing(parts: PricingParts): () => Promise<void> {
  const { log, priceAfterMs, polls, clock, logger } = parts
  const book = createPriceBook(priceAfterMs)
  const stopping = new AbortController()
  const { signal } = stopping
  const restMs = Math.min(MOST_REST_MS, Math.max(LEAST_REST_MS, priceAfterMs / 5))
  const following = followLog(parts, {
    name: 'prices-at-twilio',
    subjects: SUBJECTS,
    from: () => log.sequenceAt('EVENTS', new Date(clock.now().getTime() - LOOK_BACK_MS)),
    take: (event) => book.take(event)
  })

  const loop = async (): Promise<void> => {
    // What has its price already is not asked about.
    await following.level
    while (!signal.aborted) {
      const now = clock.now().getTime()
      if (book.due(now).length > 0) {
        try {
          const news = await learnPrices(parts, book, now)
          polls.labels('prices', news > 0 ? 'news' : 'no-news').inc()
        } catch (error) {
          polls.labels('prices', 'failed').inc()
          logger.warn({ err: error }, 'Twilio is asked for prices again later')
        }
      }
      await delay(restMs, undefined, { signal }).catch(() => undefined)
    }
  }

  const looping = loop()
  return async () => {
    stopping.abort()
    await Promise.all([following.stop(), looping])
  }
}
