/** Waits of the same length, watched by one timer: a timer of its own for each costs more than the rest of the waiting. */
export interface Deadlines {
  /** Calls `late` once the time is over, unless the function given back is called before. */
  start(late: () => void): () => void
}

export function createDeadlines(timeoutMs: number): Deadlines {
  // All wait equally long, so the order of insertion is the order of the deadlines.
  const waits = new Set<{ readonly at: number; readonly late: () => void }>()
  let armed = false

  const arm = (ms: number): void => {
    armed = true
    setTimeout(sweep, Math.ceil(ms)).unref()
  }

  const sweep = (): void => {
    armed = false
    const now = performance.now()
    for (const wait of waits) {
      if (wait.at > now) return arm(wait.at - now)
      waits.delete(wait)
      wait.late()
    }
  }

  return {
    start(late) {
      const wait = { at: performance.now() + timeoutMs, late }
      waits.add(wait)
      if (!armed) arm(timeoutMs)
      return () => void waits.delete(wait)
    }
  }
}
