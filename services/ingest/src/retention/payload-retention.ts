import type { Clock, Logger } from '@leadlog/service'

/** How often the keys of past days are looked at; they are kept per day, so more often changes nothing. */
const EVERY_MS = 3_600_000

/** What the retention needs of the keyring. */
export interface DayKeys {
  destroyDayKeysBefore(date: Date): Promise<string[]>
}

/** Ends the retention's loop. */
export interface PayloadRetention {
  stop(): Promise<void>
}

/**
 * Destroys the keys of days whose webhooks are past the payload retention, now and every hour: the payloads cannot be
 * read any more, the proof that they came stays. Any number of processes may do it.
 */
export function startPayloadRetention(options: {
  keys: DayKeys
  ttlSeconds: number
  clock: Clock
  logger: Logger
}): PayloadRetention {
  const { keys, ttlSeconds, clock, logger } = options
  const run = async (): Promise<void> => {
    try {
      const destroyed = await keys.destroyDayKeysBefore(new Date(clock.now().getTime() - ttlSeconds * 1000))
      if (destroyed.length > 0) logger.info({ days: destroyed }, 'payloads past their retention can no longer be read')
    } catch (error) {
      logger.warn({ err: error }, 'the payload retention could not run; it is tried again in an hour')
    }
  }
  let running = run()
  const timer = setInterval(() => {
    running = run()
  }, EVERY_MS)
  return {
    async stop() {
      clearInterval(timer)
      await running
    }
  }
}
