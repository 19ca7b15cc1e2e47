import type { WorkProgress } from '../work-progress.ts'

/** What a thread is to do. */
export interface WorkerTask {
  readonly task: string
  readonly order: Readonly<Record<string, unknown>>
  readonly id: string
  readonly actor: string
  readonly startedAt: string
}

/** What a thread tells. Errors lose their class on the way, so what matters of it is said. */
export type WorkerMessage =
  | { readonly kind: 'progress'; readonly progress: Omit<WorkProgress, 'at'> }
  | { readonly kind: 'done'; readonly result: Readonly<Record<string, unknown>> }
  | {
      readonly kind: 'failed'
      readonly code: string | null
      readonly message: string
      /** What it needs is away: another try may go well. */
      readonly transient: boolean
      /** It was told to stop, and did. */
      readonly cancelled: boolean
    }

/** What a thread is told while it works. */
export const CANCEL = 'cancel'
