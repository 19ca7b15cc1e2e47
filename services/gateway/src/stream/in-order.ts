import type { ChangeGroup } from './change-hub.ts'
import { distinct, type Change } from './change.ts'

/** Passes groups on in their order, after something about each was found out. */
export interface InOrder {
  push(group: ChangeGroup): void
  /** Resolves when everything pushed so far was passed on, or could not be. */
  settled(): Promise<void>
}

/**
 * Passes on what `choose` leaves of each group. Groups that come while it is asked are asked for together, so that a
 * busy time costs a slow answer and not a long queue.
 *
 * @param onFailed called once when `choose` fails; nothing is passed on after it
 */
export function inOrder(options: {
  choose: (changes: readonly Change[], groups: readonly ChangeGroup[]) => Promise<readonly Change[]>
  tell: (group: ChangeGroup) => void
  onFailed: (error: unknown) => void
}): InOrder {
  const { choose, tell, onFailed } = options
  let waiting: ChangeGroup[] = []
  let working: Promise<void> | null = null
  let failed = false

  const work = async (): Promise<void> => {
    for (let groups = waiting; groups.length > 0; groups = waiting) {
      waiting = []
      const newest = groups.at(-1)
      const changes = await choose(distinct(groups.flatMap((group) => group.changes)), groups)
      if (newest !== undefined && changes.length > 0) tell({ ...newest, changes })
    }
    working = null
  }

  return {
    push(group) {
      // Who is told half of it must come back and ask.
      if (failed) return
      waiting.push(group)
      working ??= work().catch((error: unknown) => {
        failed = true
        waiting = []
        onFailed(error)
      })
    },
    settled: async () => {
      await working
    }
  }
}
