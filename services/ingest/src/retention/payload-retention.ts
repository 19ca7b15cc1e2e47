import { startRetention, type Clock, type Logger, type Retention } from '@leadlog/service'

/** What the retention needs of the keyring. */
export interface DayKeys {
  destroyDayKeysBefore(date: Date): Promise<string[]>
}

/**
 * Destroys the keys of days whose webhooks are past the payload retention, now and every hour: the payloads cannot be
 * read any more, the proof that they came stays.
 */
export function startPayloadRetention(options: {
  keys: DayKeys
  ttlSeconds: number
  clock: Clock
  logger: Logger
}): Retention {
  const { keys, ttlSeconds, clock, logger } = options
  return startRetention({
    what: 'payloads: the keys of their days are destroyed',
    run: async () => ({ days: await keys.destroyDayKeysBefore(new Date(clock.now().getTime() - ttlSeconds * 1000)) }),
    logger
  })
}
