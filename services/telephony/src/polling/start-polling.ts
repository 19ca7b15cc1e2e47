import { setTimeout as delay } from 'node:timers/promises'
import type { EventLog } from '@leadlog/event-log'
import { counter, followLog, type Clock, type FollowParts } from '@leadlog/service'
import { twilioCodeOf, type TwilioConnection } from '@leadlog/twilio/rest'
import type { Counter } from 'prom-client'
import { learn, learnGone } from './learn.ts'
import { createOpenBook, type Open } from './open-book.ts'

/** How often Twilio was asked because nothing had come. */
export const twilioPolls = counter(
  'leadlog_twilio_polls_total',
  'Questions to Twilio about calls, messages and recordings that had been silent',
  {
    kind: 'call, message, recordings, prices (what calls, messages and recordings are charged)',
    outcome: 'news, no-news, closed (there is nothing), gone (Twilio knows no such), failed'
  }
)

interface PollingParts extends FollowParts {
  readonly log: FollowParts['log'] & Pick<EventLog, 'sequenceAt' | 'load' | 'transact'>
  readonly twilio: TwilioConnection
  readonly callerId: (number: string) => string
  readonly pollAfterMs: number
  readonly polls: Counter<'kind' | 'outcome'>
  readonly clock: Clock
}

/** Nobody talks for longer, and a message that is on its way for longer does not arrive any more. */
const LOOK_BACK_MS = 2 * 86_400_000

/** Questions under way at a time; people who call are not to wait behind them. */
const AT_ONCE = 4

const SUBJECTS = ['evt.telephony.call.>', 'evt.telephony.message.>']
const GONE = 20404

/** Once might be a slip of Twilio's, or too early; a call of which there is so often none has failed. */
const MOST_MISSING = 3

/**
 * Asks Twilio about calls, messages and recordings of which nothing was heard for longer than it should be: callbacks get lost,
 * and Twilio does not repeat them. Every process asks; what is learnt is taken down once.
 *
 * @returns stops asking
 */
export function startPolling(parts: PollingParts): () => Promise<void> {
  const { log, twilio, callerId, pollAfterMs, polls, clock, logger } = parts
  const book = createOpenBook(pollAfterMs)
  const stopping = new AbortController()
  const { signal } = stopping
  const restMs = Math.min(5_000, Math.max(50, pollAfterMs / 4))
  const following = followLog(parts, {
    name: 'open-at-twilio',
    subjects: SUBJECTS,
    from: () => log.sequenceAt('EVENTS', new Date(clock.now().getTime() - LOOK_BACK_MS)),
    take: (event) => book.take(event)
  })

  const ask = async (open: Open): Promise<void> => {
    const now = (): number => clock.now().getTime()
    try {
      const outcome = await learn({ log, twilio, callerId }, open)
      polls.labels(open.kind, outcome).inc()
      if (outcome === 'closed') book.close(open)
      else book.askedInVain(open, now())
    } catch (error) {
      const { kind, id } = open
      if (twilioCodeOf(error) === GONE) return isGone(open, error)
      polls.labels(kind, 'failed').inc()
      book.askedInVain(open, now())
      logger.warn({ err: error, kind, id }, 'Twilio is asked again later')
    }
  }

  const isGone = async (open: Open, error: unknown): Promise<void> => {
    const { kind, id } = open
    polls.labels(kind, 'gone').inc()
    if (kind !== 'call') {
      book.close(open)
      logger.warn({ err: error, kind, id }, 'Twilio knows nothing of it: its end stays unknown')
      return
    }
    const missing = book.saidMissing(open, clock.now().getTime())
    logger.warn({ err: error, kind, id, missing }, 'Twilio knows nothing of the call')
    if (missing < MOST_MISSING) return
    await learnGone({ log }, open)
      .then(() => book.close(open))
      .catch((failure: unknown) => logger.warn({ err: failure, kind, id }, 'that the call is over is taken down later'))
  }

  const loop = async (): Promise<void> => {
    // What was closed since is not asked about.
    await following.level
    while (!signal.aborted) {
      await Promise.all(book.due(clock.now().getTime()).slice(0, AT_ONCE).map(ask))
      await delay(restMs, undefined, { signal }).catch(() => undefined)
    }
  }

  const looping = loop()
  return async () => {
    stopping.abort()
    await Promise.all([following.stop(), looping])
  }
}
