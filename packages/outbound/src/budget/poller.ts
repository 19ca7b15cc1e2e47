import { LANES, type PerLane } from './lanes.ts'
import { LONGEST_SLEEP_MS, type Usage } from './limiter.ts'
import type { FallbackLimiter } from './fallback-limiter.ts'
import type { Waiter, WaitingRoom } from './waiting-room.ts'

/** The one loop of a process that asks for calls while anything waits. */
export interface Poller {
  /** Something joined the lane's line. */
  arrived(lane: number): void
  /** Asks again now. */
  wake(): void
  close(): void
}

export function createPoller(parts: {
  room: WaitingRoom
  limiter: FallbackLimiter
  now: () => number
  pausedUntil: () => PerLane<number>
  onUsage: (usage: Usage) => void
  tooLate: (lane: number, waiter: Waiter) => Error | null
}): Poller {
  const { room, limiter, now, pausedUntil, onUsage, tooLate } = parts
  let running = false
  let closed = false
  let asked = false
  let endSleep: (() => void) | undefined
  let sleepingFor: PerLane<number> = []

  const rejectLate = (): void => {
    room.lines().forEach((line, index) => {
      const lane = LANES[index]
      for (const waiter of line) {
        const error = waiter.deadline < Infinity ? tooLate(index, waiter) : null
        if (lane && error && room.remove(lane, waiter)) waiter.fail(error)
      }
    })
  }

  const step = async (): Promise<number> => {
    const at = now()
    const lines = room.lines().map((line, lane) => ((pausedUntil()[lane] ?? 0) > at ? [] : line))
    const costs = lines.map((line) => line.map((waiter) => waiter.cost))
    const result = await limiter.take({ costs, waiting: lines.map((line) => line.length) }, at, pausedUntil())
    onUsage(result.usage)
    result.granted.forEach((count, index) => {
      const lane = LANES[index]
      for (const waiter of lines[index]?.slice(0, count) ?? []) {
        if (lane && room.remove(lane, waiter)) waiter.go(Math.max(0, now() - waiter.since))
      }
    })
    rejectLate()
    return result.askAgainInMs
  }

  const sleep = (ms: number): Promise<void> =>
    new Promise<void>((resolve) => {
      sleepingFor = room.counts()
      const timer = setTimeout(resolve, Math.max(1, Math.min(ms, LONGEST_SLEEP_MS, room.earliestDeadline() - now())))
      endSleep = () => {
        clearTimeout(timer)
        resolve()
      }
    }).then(() => void (endSleep = undefined))

  const run = async (): Promise<void> => {
    // Those who arrive in the same turn of the event loop go in one step.
    await Promise.resolve()
    // Whoever gave up is still announced to the other processes: one more step takes the announcement back.
    for (let announced = false; !closed && (!room.isEmpty() || announced);) {
      asked = false
      const again = await step()
      announced = again > 0
      if (!room.isEmpty() && !asked) await sleep(announced ? again : LONGEST_SLEEP_MS)
    }
    running = false
  }

  const wake = (): void => {
    asked = true
    endSleep?.()
    if (running || closed || room.isEmpty()) return
    running = true
    void run()
  }

  return {
    wake,
    arrived(lane) {
      // A lane that waits already has its turn announced; one more in its line changes nothing.
      if (endSleep && (sleepingFor[lane] ?? 0) > 0) return
      wake()
    },
    close() {
      closed = true
      endSleep?.()
    }
  }
}
