import { parentPort, workerData } from 'node:worker_threads'
import { TransientError } from '@leadlog/contracts'
import { isUnavailable } from '@leadlog/projections'
import { processEnvironment } from '@leadlog/service'
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
const tell = (message: WorkerMessage): void => port.postMessage(message)

try {
  const run = workTasks[task]
  if (run === undefined) throw new TypeError(`There is no task ${task}`)
  const system = await openWorkSystem(processEnvironment())
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

/** Errors with a code of ours are meant for people; of others the thread's log tells. */
function failed(error: unknown): WorkerMessage {
  const message = error instanceof Error ? error.message : String(error)
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null
  const transient = error instanceof TransientError || isUnavailable(error)
  return { kind: 'failed', code: code !== null && /^[A-Z]+(_[A-Z]+)+$/.test(code) ? code : null, message, transient }
}
