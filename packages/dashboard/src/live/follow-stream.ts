import { isStaleAfter } from './stale-reads.ts'

/** `live`: told of changes as they happen. `polling`: the stream is away, reads are repeated. `offline`: nothing answers. */
export type ConnectionState = 'connecting' | 'live' | 'polling' | 'offline'

const POLL_EVERY_MS = 10_000
const COME_BACK_MS = 2_000
/** A storm of changes is read once in this time, and what changes is on the screen within a second. */
const READ_AGAIN_FROM_MS = 300
const READ_AGAIN_TO_MS = 800

/** What the page keeps of reads, as far as it is marked stale here. */
export interface KeptReads {
  invalidateQueries(which: {
    predicate?: (read: { queryKey: readonly unknown[] }) => boolean
    /** Only mark them: nobody looks at them now. */
    refetchType?: 'none'
  }): unknown
}

export type OnMessage = (event: string, data: string, id: string | null) => void

export interface FollowOptions {
  readonly reads: KeptReads
  readonly onState: (state: ConnectionState) => void
  readonly stopped: AbortSignal
  /** Resolves when the stream ends, rejects when it breaks. */
  readonly listen: (lastEventId: string | null, onMessage: OnMessage) => Promise<void>
  /** Whether the gateway answers at all. */
  readonly reachable: () => Promise<boolean>
  /** Nobody looks at the page: it is read when somebody does. */
  readonly hidden: () => boolean
  readonly readAgainMs?: () => number
  readonly comeBackMs?: number
}

/**
 * Follows the stream, coming back to it for as long as it is away, and marks stale what it says has changed. What was
 * read before the stream was open is read once more: nobody told of changes in between.
 */
export async function followStream(options: FollowOptions): Promise<void> {
  const { reads, onState, stopped } = options
  const stale = (which: Parameters<KeptReads['invalidateQueries']>[0]): void =>
    void reads.invalidateQueries(options.hidden() ? { ...which, refetchType: 'none' } : which)
  const changed = gathered(stale, options.readAgainMs ?? atAnyMoment)
  let lastEventId: string | null = null
  let polledAt = Date.now()
  while (!stopped.aborted) {
    const known = lastEventId !== null
    try {
      await options.listen(lastEventId, (event, data, id) => {
        if (id !== null) lastEventId = id
        if (event === 'ready') {
          onState('live')
          if (!known) changed.everything()
        } else if (event === 'reset') changed.everything()
        else changed.row(event, (JSON.parse(data) as { id?: string | null }).id ?? null)
      })
    } catch {
      if (stopped.aborted) return
    }
    const reachable = await options.reachable()
    onState(reachable ? 'polling' : 'offline')
    if (reachable && Date.now() - polledAt > POLL_EVERY_MS) {
      polledAt = Date.now()
      stale({})
    }
    await pause(options.comeBackMs ?? COME_BACK_MS, stopped)
  }
}

/** Everybody hears of a change in the same millisecond; they need not all ask in the same one. */
function atAnyMoment(): number {
  return READ_AGAIN_FROM_MS + Math.random() * (READ_AGAIN_TO_MS - READ_AGAIN_FROM_MS)
}

/** Collects changes for a moment, so that a hundred of them lead to one read. */
function gathered(stale: KeptReads['invalidateQueries'], readAgainMs: () => number) {
  const rows = new Map<string, { topic: string; id: string | null }>()
  let everything = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const flush = (): void => {
    timer = undefined
    const all = everything
    const changes = [...rows.values()]
    everything = false
    rows.clear()
    if (all) stale({})
    else
      stale({
        predicate: ({ queryKey }) => {
          const [path, asked] = queryKey as [string, { path?: { id?: string } } | undefined]
          return changes.some(({ topic, id }) => isStaleAfter({ path, id: asked?.path?.id }, topic, id))
        }
      })
  }
  const soon = (): void => {
    timer ??= setTimeout(flush, readAgainMs())
  }
  return {
    row(topic: string, id: string | null) {
      rows.set(`${topic} ${id ?? ''}`, { topic, id })
      soon()
    },
    everything() {
      everything = true
      soon()
    }
  }
}

/** Resolves after the time, or at once when the signal is given; leaves nothing behind at the signal. */
export function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    if (signal.aborted) done()
    else signal.addEventListener('abort', done)
  })
}
