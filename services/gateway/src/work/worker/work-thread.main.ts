import { parentPort, workerData } from 'node:worker_threads'
import { TransientError } from '@leadlog/contracts'
import { isUnavailable } from '@leadlog/projections'
import { createLogger, processEnvironment, type Logger } from '@leadlog/service'
import { openWorkSystem } from './open-work-system.ts'
import { CANCEL, type WorkerMessage, type WorkerTask } from './worker-message.ts'
import { workTasks } from './work-tasks.ts'

const port = parentPort
if (port === null) throw new TypeError('This is the main module of a thread')
const { task, ...given } = workerData as WorkerTask
const cancelled = new AbortController()
port.on('message', (message) => {
  if (message === CANCEL) cancelled.abort()
})
let logger: Logger = createLogger({ service: 'gateway', level: 'info' })
const tell = (message: WorkerMessage): void => port.postMessage(message)

try {
  const run = workTasks[task]
  if (run === undefined) throw new TypeError(`There is no task ${task}`)
  const system = await openWorkSystem(processEnvironment())
  logger = system.logger
  try {
    const result = await run(system, {
      ...given,
      signal: cancelled.signal,
      progress: (progress) => tell({ kind: 'progress', progress })
    })
    tell({ kind: 'done', result })
  } finally {
    await system.close()
  }
} catch (error) {
  tell(failed(error))
} finally {
  port.close()
}

/** Errors with a code of ours are meant for people; of others the log tells, with the stack that does not leave the thread. */
function failed(error: unknown): WorkerMessage {
  const message = error instanceof Error ? error.message : String(error)
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
  const transient = error instanceof TransientError || isUnavailable(error)
  const isOurs = code !== null && /^[A-Z]+(_[A-Z]+)+$/.test(code)
  const stopped = cancelled.signal.aborted && error instanceof Error && error.name === 'AbortError'
  const fields = { err: error, task, workId: given.id }
  if (stopped) logger.info(fields, 'a thread was stopped')
  else if (isOurs || transient) logger.warn(fields, 'a thread did not finish its task')
  else logger.error(fields, 'a thread failed')
  return { kind: 'failed', code: isOurs ? code : null, message, transient, cancelled: stopped }
}
