import type { WorkKind } from '@leadlog/contracts'
import type { DoWork } from '../work-runner.ts'
import type { WorkThread } from './work-thread.ts'

/** Does work of the kind in a thread of its own. */
export function inThread(thread: WorkThread, kind: WorkKind): DoWork {
  return async ({ signal, progress, ...task }) => {
    const result = await thread({ task: kind, ...task }, { signal, onProgress: progress })
    return { state: 'done', result }
  }
}
