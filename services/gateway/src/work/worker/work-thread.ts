import { Worker } from 'node:worker_threads'
import { PermanentError, TransientError } from '@leadlog/contracts'
import type { WorkProgress } from '../work-progress.ts'
import { CANCEL, type WorkerMessage, type WorkerTask } from './worker-message.ts'

/**
 * Room for a rebuild, as `REBUILD_NODE_ARGS` gives a process: a small young generation, since what an event makes is dead
 * after a batch, and an old one that the thread alone dies of.
 */
const LIMITS = { maxYoungGenerationSizeMb: 48, maxOldGenerationSizeMb: 1_536 }

/** Does a task beside the event loop that answers requests. */
export type WorkThread = (
  task: WorkerTask,
  options: {
    signal: AbortSignal
    onProgress?: (progress: Omit<WorkProgress, 'at'>) => void
    /** Ended by force where it has not stopped so long after it was told to: for what leaves nothing half done. */
    endWithinMs?: number
  }
) => Promise<Readonly<Record<string, unknown>>>

/**
 * Starts a thread for each task; it ends with it.
 *
 * @param environment with which this process was started: the thread opens connections of its own
 */
export function createWorkThread(environment: Readonly<Record<string, string | undefined>>): WorkThread {
  return (task, { signal, onProgress, endWithinMs }) =>
    new Promise((resolve, reject) => {
      const thread = new Worker(new URL('./work-thread.main.ts', import.meta.url), {
        workerData: task,
        env: { ...environment },
        resourceLimits: LIMITS
      })
      let ending: NodeJS.Timeout | undefined
      const cancel = (): void => {
        thread.postMessage(CANCEL)
        if (endWithinMs !== undefined) ending = setTimeout(() => void thread.terminate(), endWithinMs)
      }
      signal.addEventListener('abort', cancel, { once: true })
      thread.on('message', (message: WorkerMessage) => {
        if (message.kind === 'progress') onProgress?.(message.progress)
        else if (message.kind === 'done') resolve(message.result)
        else reject(message.cancelled ? (signal.reason as Error) : errorOf(message))
      })
      thread.on('error', (error: Error & { code?: string }) =>
        reject(
          error.code === 'ERR_WORKER_OUT_OF_MEMORY'
            ? new PermanentError('WORK_OUT_OF_MEMORY', 'It needed more memory than it may have. Ask for less at once')
            : error
        )
      )
      thread.on('exit', () => {
        signal.removeEventListener('abort', cancel)
        clearTimeout(ending)
        reject(new Error('The thread ended before its task'))
      })
      if (signal.aborted) cancel()
    })
}

function errorOf({ code, message, transient }: WorkerMessage & { kind: 'failed' }): Error {
  if (transient) return new TransientError(code ?? 'WORK_WAITS', message)
  return code === null ? new Error(message) : new PermanentError(code, message)
}
