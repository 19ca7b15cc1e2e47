import type { AppliedChange, RunningProjections } from '@leadlog/projections'
import type { Logger } from '@leadlog/service'
import { changesOf, distinct, isToldAsItIs, type Change } from './change.ts'
import { advanced, type Position } from './position.ts'

/** What one commit changed, and how far a client has come that knows of it. */
export interface ChangeGroup {
  readonly stream: string
  readonly sequence: number
  readonly position: Position
  readonly changes: readonly Change[]
}

/** Tells whoever listens what changed, and what a client missed that comes back. */
export interface ChangeHub {
  /** How far the read models were with the newest group. */
  position(): Position
  /**
   * The groups since the position, and from now on every new one to the listener; null where the hub does not
   * remember as far back, so that the client must read everything anew.
   */
  follow(
    since: Position | null,
    listener: (group: ChangeGroup) => void
  ): { missed: readonly ChangeGroup[] | null; leave(): void }
  close(): Promise<void>
}

/** Changes remembered for clients that come back: minutes at a busy time, in about ten megabytes. */
const REMEMBERED_CHANGES = 50_000

/**
 * Gathers what the projections say they committed, whichever process runs them. `start` is where they stood when this
 * hub began to listen; `alsoChanged` finds rows that changed with others although no fold wrote them.
 */
export function createChangeHub(options: {
  projections: Pick<RunningProjections, 'onApplied'>
  start: Position
  logger: Pick<Logger, 'warn'>
  alsoChanged: (changes: readonly Change[]) => Promise<readonly Change[]>
  /** Changes to remember; {@link REMEMBERED_CHANGES} where absent. */
  remember?: number
}): ChangeHub {
  const { remember = REMEMBERED_CHANGES } = options
  const listeners = new Set<(group: ChangeGroup) => void>()
  const remembered: ChangeGroup[] = []
  let rememberedChanges = 0
  let forgotten = options.start
  let position = options.start
  let gathering: AppliedChange[] = []
  let publishing: Promise<void> = Promise.resolve()

  const publish = async (applied: readonly AppliedChange[]): Promise<void> => {
    const direct = changesOf(applied)
    const further = await options.alsoChanged(direct).catch((error: unknown) => {
      options.logger.warn({ err: error }, 'related changes could not be found out')
      return []
    })
    const changes = distinct([...direct.filter(isToldAsItIs), ...further])
    const newest = applied.at(-1)
    if (newest === undefined || changes.length === 0) return
    const { stream, sequence } = newest
    position = advanced(position, stream, sequence)
    const group = { stream, sequence, position, changes }
    remembered.push(group)
    rememberedChanges += changes.length
    while (rememberedChanges > remember) forgetOldest()
    for (const listener of listeners) listener(group)
  }

  const forgetOldest = (): void => {
    const oldest = remembered.shift()
    if (!oldest) return
    rememberedChanges -= oldest.changes.length
    forgotten = advanced(forgotten, oldest.stream, oldest.sequence)
  }

  /** The projections of one batch are told of in one go; they make one group. */
  const leave = options.projections.onApplied((change) => {
    const previous = gathering.at(-1)
    if (previous && (previous.stream !== change.stream || previous.sequence !== change.sequence)) flush()
    if (gathering.length === 0) queueMicrotask(flush)
    gathering.push(change)
  })

  function flush(): void {
    if (gathering.length === 0) return
    const applied = gathering
    gathering = []
    publishing = publishing.then(() => publish(applied))
  }

  return {
    position: () => position,
    follow(since, listener) {
      listeners.add(listener)
      return { missed: missedSince(since), leave: () => void listeners.delete(listener) }
    },
    async close() {
      leave()
      listeners.clear()
      await publishing
    }
  }

  function missedSince(since: Position | null): readonly ChangeGroup[] | null {
    if (since === null) return []
    if (Object.entries(forgotten).some(([stream, sequence]) => (since[stream] ?? 0) < sequence)) return null
    return remembered.filter(({ stream, sequence }) => sequence > (since[stream] ?? 0))
  }
}
