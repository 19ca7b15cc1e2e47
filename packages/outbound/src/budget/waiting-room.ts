import { LANES, laneIndex, perLane, type PerLane } from './lanes.ts'
import type { Lane } from '@leadlog/contracts'

/** A call that waits for its turn. */
export interface Waiter {
  readonly cost: number
  readonly since: number
  /** When it gives up; Infinity where it waits as long as it takes. */
  readonly deadline: number
  readonly go: (waitedMs: number) => void
  readonly fail: (error: Error) => void
}

/** The lines of one process, one for each lane, first come first served within it. */
export interface WaitingRoom {
  add(lane: Lane, waiter: Waiter): void
  /** False when it was not waiting any more. */
  remove(lane: Lane, waiter: Waiter): boolean
  isEmpty(): boolean
  counts(): PerLane<number>
  lines(): PerLane<readonly Waiter[]>
  earliestDeadline(): number
}

export function createWaitingRoom(): WaitingRoom {
  const lines = LANES.map(() => new Set<Waiter>())
  const line = (lane: Lane): Set<Waiter> => lines[laneIndex(lane)] ?? new Set()
  return {
    add: (lane, waiter) => void line(lane).add(waiter),
    remove: (lane, waiter) => line(lane).delete(waiter),
    isEmpty: () => lines.every((waiters) => waiters.size === 0),
    counts: () => lines.map((waiters) => waiters.size),
    lines: () => perLane((_, lane) => [...(lines[lane] ?? [])]),
    earliestDeadline: () =>
      lines.reduce((earliest, waiters) => [...waiters].reduce((e, w) => Math.min(e, w.deadline), earliest), Infinity)
  }
}
