import type { Logger } from '@leadlog/service'
import type { ReconciliationMetrics } from './reconciliation-metrics.ts'
import type { Reconciler } from './reconciler.ts'

/** How often it is looked whether a run is due, by this process or by another. */
const LOOK_EVERY_MS = 60_000

/** Ends the schedule. */
export interface ReconciliationSchedule {
  /** Ends the run under way; what it found so far is recorded. */
  stop(): Promise<void>
}

/**
 * Runs the reconciliation of every source when it is due, the first one at the start. Any number of processes may do it:
 * the log decides which of them runs.
 */
export function startReconciliationSchedule(options: {
  reconciler: Reconciler
  metrics: ReconciliationMetrics
  logger: Logger
}): ReconciliationSchedule {
  const { reconciler, metrics, logger } = options
  const stopping = new AbortController()

  const runOne = async (source: string): Promise<void> => {
    try {
      await reconciler.run({ source, trigger: 'schedule', signal: stopping.signal })
      metrics.lastSuccess(source, (await reconciler.runs(source)).lastSuccessAt)
    } catch (error) {
      if (!stopping.signal.aborted)
        logger.warn({ err: error, source }, 'a reconciliation could not run; it is tried again')
    }
  }
  const look = async (): Promise<void> => {
    for (const source of reconciler.sources) if (!stopping.signal.aborted) await runOne(source)
  }

  let looking = look()
  const timer = setInterval(() => {
    looking = looking.then(look)
  }, LOOK_EVERY_MS)
  return {
    async stop() {
      stopping.abort()
      clearInterval(timer)
      await looking
    }
  }
}
