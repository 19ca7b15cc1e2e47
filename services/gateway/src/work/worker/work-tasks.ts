import {
  compareRebuilt,
  discardRebuilt,
  rebuildModels,
  rollBackModels,
  swapRebuilt
} from '../../rebuilds/rebuild-tasks.ts'
import { applyWhatIf, doWhatIf, estimateWhatIf, whatIfChoices } from '../../what-ifs/what-if-tasks.ts'
import type { WorkSystem } from './open-work-system.ts'
import type { WorkProgress } from '../work-progress.ts'
import type { WorkerTask } from './worker-message.ts'

/** What a task is given beside the system. */
export interface TaskContext extends Omit<WorkerTask, 'task'> {
  readonly signal: AbortSignal
  readonly progress: (progress: Omit<WorkProgress, 'at'>) => void
}

export type RunTask = (system: WorkSystem, context: TaskContext) => Promise<Readonly<Record<string, unknown>>>

/** Everything that is done in a thread of its own, by name. */
export const workTasks: Readonly<Partial<Record<string, RunTask>>> = {
  rebuild: rebuildModels,
  compare: compareRebuilt,
  swap: swapRebuilt,
  'discard-table': discardRebuilt,
  'roll-back': rollBackModels,
  'what-if-choices': whatIfChoices,
  'what-if-estimate': estimateWhatIf,
  'what-if': doWhatIf,
  'apply-what-if': applyWhatIf
}
