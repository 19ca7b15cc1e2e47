import type { RunningProjections } from '@leadlog/projections'
import { HttpProblem } from '@leadlog/service'

/** A client that waits longer than this is better told to come again. */
const MAX_WAIT_MS = 5_000

/** Lets a client read what it just wrote. */
export interface Freshness {
  /**
   * Returns when every read model includes the sequence of EVENTS; at once where none is asked for.
   *
   * @throws HttpProblem 504 READ_MODEL_BEHIND after five seconds
   */
  includes(sequence: number | undefined): Promise<void>
}

export function createFreshness(projections: Pick<RunningProjections, 'waitFor'>): Freshness {
  return {
    async includes(sequence) {
      if (sequence === undefined || (await projections.waitFor('EVENTS', sequence, MAX_WAIT_MS))) return
      throw new HttpProblem(
        504,
        'READ_MODEL_BEHIND',
        `The read models have not reached sequence ${sequence} within ${MAX_WAIT_MS / 1000} s; ask again`,
        { retryAfterSeconds: 1 }
      )
    }
  }
}
