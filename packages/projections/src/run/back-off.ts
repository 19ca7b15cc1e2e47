import { setTimeout as delay } from 'node:timers/promises'

/** Short enough that a restarted Postgres is used at once. */
const FIRST_DELAY_MS = 50
/** Long enough to leave a server that is down in peace, short enough to go on soon after it is back. */
const LAST_DELAY_MS = 2_000

/** Waits that double from try to try, with jitter so that processes do not try in step. */
export interface BackOff {
  /** Waits, or returns at once when the signal fires. */
  wait(signal: AbortSignal): Promise<void>
  reset(): void
}

export function createBackOff(firstMs = FIRST_DELAY_MS, lastMs = LAST_DELAY_MS): BackOff {
  let next = firstMs
  return {
    async wait(signal) {
      const milliseconds = next * (0.75 + Math.random() / 2)
      next = Math.min(next * 2, lastMs)
      await pause(milliseconds, signal)
    },
    reset() {
      next = firstMs
    }
  }
}

/** Waits, or returns at once when the signal fires. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  try {
    await delay(milliseconds, undefined, { signal })
  } catch (error) {
    if (!signal.aborted) throw error
  }
}
