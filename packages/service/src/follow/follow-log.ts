import type { EventSource, RecordedEvent } from '@leadlog/contracts'
import { createBackOff } from '@leadlog/projections'
import type { Logger } from '../logger.ts'
import type { Readiness } from '../readiness.ts'

const BATCH = { maxEvents: 500, maxWaitMs: 20 }

/** Short enough that what is followed is soon level again, and long enough for what does not pass by itself. */
const FIRST_PAUSE_MS = 100
const LAST_PAUSE_MS = 30_000

/** What following needs. */
export interface FollowParts {
  readonly log: EventSource
  readonly logger: Logger
  readonly readiness: Readiness
}

/** What a process keeps in memory of EVENTS. */
export interface Followed {
  /** What it is, as readiness names it. */
  readonly name: string
  readonly subjects: readonly string[]
  /** The sequence to begin at, asked once. */
  from(): number | Promise<number>
  readonly take: (event: RecordedEvent) => void
}

/** See {@link followLog}. */
export interface LogFollower {
  /** Resolves once all is taken that stood in the log at the beginning, or when it is stopped before. */
  readonly level: Promise<void>
  stop(): Promise<void>
}

/**
 * Takes the events of EVENTS in order, for as long as the process runs. Where reading or taking fails it goes on at the event
 * that was not taken, after pauses that grow. Meanwhile readiness says so, and stays ready: what is known already is of use.
 */
export function followLog({ log, logger, readiness }: FollowParts, followed: Followed): LogFollower {
  const { name, subjects, take } = followed
  const stopping = new AbortController()
  const { signal } = stopping
  const level = Promise.withResolvers<void>()
  const backOff = createBackOff(FIRST_PAUSE_MS, LAST_PAUSE_MS)
  let next: number | null = null
  let failure: string | null = null

  const follow = async (): Promise<void> => {
    const newest = await log.lastSequence('EVENTS')
    next ??= await followed.from()
    if (newest < next) level.resolve()
    const request = { stream: 'EVENTS', fromSequence: next, subjects, ...BATCH, signal }
    for await (const { events, throughSequence, caughtUp } of log.batches(request)) {
      for (const event of events) {
        take(event)
        next = event.sequence + 1
      }
      next = throughSequence + 1
      failure = null
      backOff.reset()
      if (caughtUp || throughSequence >= newest) level.resolve()
    }
  }

  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      try {
        await follow()
      } catch (error) {
        if (signal.aborted) break
        failure = error instanceof Error ? error.message : String(error)
        logger.error({ err: error, followed: name, next }, 'the log is not followed now, trying again')
      }
      await backOff.wait(signal)
    }
    level.resolve()
  }

  readiness.add(name, () => (failure === null ? { ok: true } : { ok: true, detail: `not up to date: ${failure}` }))
  const running = run()
  return {
    level: level.promise,
    async stop() {
      stopping.abort()
      await running
    }
  }
}
