import type { Clock, Logger } from '@leadlog/service'
import type { ReadDatabase } from '../database/database.ts'
import type { VolatileStore } from '../sessions/volatile-store.ts'
import type { AccessLog } from '../users/user-book.ts'
import { createWorkBook } from './work-book.ts'
import type { WorkDesk } from './work-desk.ts'
import { withWorkLock } from './work-lock.ts'
import { createProgressBoard } from './work-progress.ts'
import { createWorkRunner, type WorkRunner } from './work-runner.ts'
import { findUnfinishedWork } from './work.queries.ts'

/** Where operators start things, with whoever does them in this process. */
export function createWorkDesk(options: {
  log: AccessLog
  db: ReadDatabase
  databaseUrl: string
  store: VolatileStore
  doers: Parameters<typeof createWorkRunner>[0]['doers']
  clock: Clock
  logger: Logger
  lookEveryMs?: number
}): WorkDesk & { readonly runner: WorkRunner } {
  const { log, db, databaseUrl, store, ...rest } = options
  const book = createWorkBook(log)
  const board = createProgressBoard(store)
  const runner = createWorkRunner({
    book,
    board,
    unfinished: () => findUnfinishedWork(db),
    lock: (id, run) => withWorkLock(databaseUrl, id, run),
    ...rest
  })
  return { book, board, runner }
}
