import { isStaleAfter } from './stale-reads.ts'

/** `live`: told of changes as they happen. `polling`: the stream is away, reads are repeated. `offline`: nothing answers. */
export type ConnectionState = 'connecting' | 'live' | 'polling' | 'offline'

const POLL_EVERY_MS = 10_000
const COME_BACK_MS = 2_000
/** A storm of changes is read at most so often. */
const READ_AGAIN_MS = 800

/** What the page keeps of reads, as far as it is marked stale here. */
export interface KeptReads {
  invalidateQueries(which?: { predicate: (read: { queryKey: readonly unknown[] }) => boolean }): unknown
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
  readonly readAgainMs?: number
  readonly comeBackMs?: number
}

/**
 * Follows the stream, coming back to it for as long as it is away, and marks stale what it says has changed. What was
 * read before the stream was open is read once more: nobody told of changes in between.
 */
export async function followStream(options: FollowOptions): Promise<void> {
  const { reads, onState, stopped } = options
  const changed = gathered(reads, options.readAgainMs ?? READ_AGAIN_MS)
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
      reads.invalidateQueries()
    }
    await pause(options.comeBackMs ?? COME_BACK_MS, stopped)
  }
}

/** Collects changes for a moment, so that a hundred of them lead to one read. */
function gathered(reads: KeptReads, readAgainMs: number) {
  const rows = new Map<string, { topic: string; id: string | null }>()
  let everything = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const flush = (): void => {
    timer = undefined
    const all = everything
    const changes = [...rows.values()]
    everything = false
    rows.clear()
    if (all) reads.invalidateQueries()
    else
      reads.invalidateQueries({
        predicate: ({ queryKey }) => {
          const [path, asked] = queryKey as [string, { path?: { id?: string } } | undefined]
          return changes.some(({ topic, id }) => isStaleAfter({ path, id: asked?.path?.id }, topic, id))
        }
      })
  }
  const soon = (): void => {
    timer ??= setTimeout(flush, readAgainMs)
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
