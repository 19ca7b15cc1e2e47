import { TransientError, type WorkKind } from '@leadlog/contracts'
import type { DoWork } from '../work-runner.ts'
import type { WorkThread } from './work-thread.ts'

/**
 * Does work of the kind in a thread of its own. A read model that another process still rebuilds is waited for: it may
 * be the one that did this work before, whose lock ends with its connection.
 */
export function inThread(thread: WorkThread, kind: WorkKind): DoWork {
  return async ({ signal, progress, ...task }) => {
    try {
      return { state: 'done', result: await thread({ task: kind, ...task }, { signal, onProgress: progress }) }
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error) || error.code !== 'PROJECTION_REBUILD_RUNNING') throw error
      throw new TransientError(error.code, error.message, { cause: error })
    }
  }
}
