import type { Logger } from '../logger.ts'

/** What is kept is counted in days, so more often changes nothing. */
const EVERY_MS = 3_600_000

/** Ends the retention's loop. */
export interface Retention {
  /** Resolves when what runs has ended. */
  stop(): Promise<void>
}

/**
 * Ends what is past its time, now and every hour. A failure is logged and tried again in an hour. Any number of processes may do it.
 *
 * @param what in the plural, for the log: `settled writes`
 * @param run removes it and tells what it removed, in counts or names
 */
export function startRetention(options: {
  readonly what: string
  readonly run: () => Promise<Readonly<Record<string, number | readonly string[]>>>
  readonly logger: Logger
}): Retention {
  const { what, logger } = options
  const run = async (): Promise<void> => {
    try {
      const removed = await options.run()
      const some = Object.values(removed).some((value) => (typeof value === 'number' ? value : value.length) > 0)
      if (some) logger.info({ ...removed }, `the retention ended ${what}`)
    } catch (error) {
      logger.warn({ err: error }, `the retention of ${what} could not run; it is tried again in an hour`)
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
