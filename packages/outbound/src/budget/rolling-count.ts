import type { WindowShape } from './limits.ts'

/** Counts uses over a rolling window. */
export interface RollingCount {
  sum(now: number): number
  add(now: number, count: number): void
  /** When the oldest uses still counted leave the window; `now` when there are none. */
  freesAt(now: number): number
}

export function createRollingCount({ sliceMs, slices }: WindowShape): RollingCount {
  const counts = new Map<number, number>()
  const prune = (now: number): number => {
    const current = Math.floor(now / sliceMs)
    for (const slice of counts.keys()) if (slice < current - slices) counts.delete(slice)
    return current
  }
  return {
    sum(now) {
      prune(now)
      return [...counts.values()].reduce((sum, count) => sum + count, 0)
    },
    add(now, count) {
      const current = prune(now)
      counts.set(current, (counts.get(current) ?? 0) + count)
    },
    freesAt(now) {
      prune(now)
      const oldest = Math.min(...counts.keys())
      return Number.isFinite(oldest) ? (oldest + slices + 1) * sliceMs : now
    }
  }
}
