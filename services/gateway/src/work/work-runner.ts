import { PermanentError, TransientError, type Actor, type WorkKind } from '@leadlog/contracts'
import type { Clock, Logger } from '@leadlog/service'
import type { WorkBook } from './work-book.ts'
import type { ProgressBoard, WorkProgress } from './work-progress.ts'
import type { Work, WorkEnd, WorkFacts } from './work.ts'

/** What doing work is given. */
export interface WorkContext {
  readonly id: string
  /** Who started it, and acts. */
  readonly actor: Actor
  readonly order: WorkFacts
  readonly startedAt: string
  /** Aborted when somebody cancels it, the process stops, or another process may take it up. */
  readonly signal: AbortSignal
  readonly progress: (progress: Omit<WorkProgress, 'at'>) => void
}

/**
 * Does one kind of work, from its beginning or from wherever an earlier process left it.
 *
 * @throws TransientError where what it needs is away: it is taken up again; anything else ends it
 */
export type DoWork = (context: WorkContext) => Promise<WorkEnd>

/** Does what operators started, in this process or in another one of the same service. */
export interface WorkRunner {
  /** Looks for work that nobody does, now and regularly. */
  start(): void
  /** Something was started. */
  wake(id: string): void
  /** Leaves what is under way for the next process. */
  stop(): Promise<void>
}

/** Work whose process is gone waits no longer than this. */
const LOOK_EVERY_MS = 10_000
const CANCEL_LOOK_MS = 500

export function createWorkRunner(options: {
  book: WorkBook
  board: ProgressBoard
  doers: Readonly<Partial<Record<WorkKind, DoWork>>>
  /** Ids of all work that has not ended. */
  unfinished: () => Promise<readonly string[]>
  lock: (id: string, run: (lost: AbortSignal) => Promise<void>) => Promise<boolean>
  clock: Clock
  logger: Logger
  lookEveryMs?: number
}): WorkRunner {
  const { book, board, doers, unfinished, lock, clock, logger, lookEveryMs = LOOK_EVERY_MS } = options
  const stopping = new AbortController()
  const underWay = new Map<string, Promise<void>>()
  let timer: NodeJS.Timeout | undefined

  const take = (id: string): void => {
    if (stopping.signal.aborted || underWay.has(id)) return
    const doing = lock(id, (lost) => doIt(id, lost))
      .then(() => undefined)
      .catch((error: unknown) => logger.warn({ err: error, workId: id }, 'work waits: what it needs is away'))
      .finally(() => underWay.delete(id))
    underWay.set(id, doing)
  }

  const doIt = async (id: string, lost: AbortSignal): Promise<void> => {
    // The log decides, not the read model that may be behind it.
    const work = await book.find(id)
    if (work?.state !== 'running') return
    const cancelled = new AbortController()
    const watch = setInterval(() => void look(), CANCEL_LOOK_MS)
    const look = async (): Promise<void> => {
      const now = await book.find(id).catch(() => null)
      if (now?.cancelled === true) cancelled.abort()
    }
    if (work.cancelled) cancelled.abort()
    logger.info({ workId: id, kind: work.kind }, 'work begins')
    try {
      const end = await outcomeOf(work, cancelled.signal, AbortSignal.any([stopping.signal, lost]))
      if (end === null) return
      await book.end(work, end)
      logger.info({ workId: id, kind: work.kind, state: end.state }, 'work ended')
    } finally {
      clearInterval(watch)
      await board.clear(id)
    }
  }

  /** Null where it is left for another process, or for when this one has the lock again. */
  const outcomeOf = async (work: Work, cancelled: AbortSignal, left: AbortSignal): Promise<WorkEnd | null> => {
    const { id, kind, actor, order, startedAt } = work
    const doWork = doers[kind]
    if (doWork === undefined) return null
    const signal = AbortSignal.any([cancelled, left])
    const progress: WorkContext['progress'] = (now) => board.tell(id, { ...now, at: clock.now().toISOString() })
    try {
      const end = await doWork({ id, actor, order, startedAt, signal, progress })
      return left.aborted && end.state === 'stopped' ? null : end
    } catch (error) {
      if (left.aborted) return null
      if (cancelled.aborted) return { state: 'stopped', code: null, message: null, result: null }
      if (error instanceof TransientError) throw error
      logger.error({ err: error, workId: id, kind }, 'work failed')
      return { state: 'failed', ...reasonOf(error), result: null }
    }
  }

  const lookForWork = async (): Promise<void> => {
    const ids = await unfinished().catch(() => [])
    for (const id of ids) take(id)
    if (!stopping.signal.aborted) timer = setTimeout(() => void lookForWork(), lookEveryMs)
  }

  return {
    start: () => void lookForWork(),
    wake: take,
    async stop() {
      stopping.abort()
      clearTimeout(timer)
      await Promise.all(underWay.values())
    }
  }
}

/** Errors that say what to do have a code; of others only that they happened: their text may hold anything. */
function reasonOf(error: unknown): { code: string; message: string } {
  if (error instanceof PermanentError) return { code: error.code, message: error.message }
  return { code: 'WORK_FAILED', message: 'It failed in a way that was not foreseen; the log of the gateway says more' }
}
