import { Nullable, Timestamp } from '@leadlog/contracts'
import { Type, type Static } from '@sinclair/typebox'
import type { VolatileStore } from '../sessions/volatile-store.ts'

/** How far one part is: a read model, or all of it. */
const ProgressTarget = Type.Object({
  name: Type.String(),
  phase: Type.String(),
  done: Type.Integer(),
  total: Type.Integer()
})

/** How far work is that is under way. It may be lost; the work itself is not. */
export const WorkProgress = Type.Object({
  phase: Type.String({
    description: 'what it is doing: simulate, canary, rest; fill, index, level, compare; select, read'
  }),
  done: Type.Integer(),
  total: Type.Integer({ description: '0 while nobody knows' }),
  perSecond: Nullable(Type.Integer({ description: 'events a second, where events are read' })),
  targets: Type.Array(ProgressTarget),
  at: Timestamp
})
export type WorkProgress = Static<typeof WorkProgress>

/** Where progress is told, for every process that is asked. */
export interface ProgressBoard {
  /** Told at most twice a second; what comes between is dropped, but for the last. */
  tell(id: string, progress: WorkProgress): void
  read(id: string): Promise<WorkProgress | null>
  clear(id: string): Promise<void>
}

const TTL_MS = 3_600_000
const TELL_EVERY_MS = 500

export function createProgressBoard(store: Pick<VolatileStore, 'put' | 'get' | 'remove'>): ProgressBoard {
  const waiting = new Map<string, { newest: WorkProgress; timer: NodeJS.Timeout }>()
  const key = (id: string): string => `work-progress/${id}`
  // Whoever watches sees nothing of it while Redis is away; the work goes on.
  const put = (id: string, progress: WorkProgress): void =>
    void store.put(key(id), JSON.stringify(progress), TTL_MS).catch(() => undefined)
  return {
    tell(id, progress) {
      const known = waiting.get(id)
      if (known) {
        known.newest = progress
        return
      }
      put(id, progress)
      const timer = setTimeout(() => {
        const last = waiting.get(id)
        waiting.delete(id)
        if (last && last.newest !== progress) put(id, last.newest)
      }, TELL_EVERY_MS)
      timer.unref()
      waiting.set(id, { newest: progress, timer })
    },
    async read(id) {
      const text = await store.get(key(id)).catch(() => null)
      return text === null ? null : (JSON.parse(text) as WorkProgress)
    },
    async clear(id) {
      clearTimeout(waiting.get(id)?.timer)
      waiting.delete(id)
      await store.remove([key(id)]).catch(() => undefined)
    }
  }
}
