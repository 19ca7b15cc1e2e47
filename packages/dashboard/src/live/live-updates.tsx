import { useQueryClient, type QueryClient } from '@tanstack/react-query'
import { createContext, use, useEffect, useState, type ReactNode } from 'react'
import { ask } from '../api/client.ts'
import { createStreamParser } from './event-stream-parser.ts'
import { isStaleAfter } from './stale-reads.ts'

/** `live`: told of changes as they happen. `polling`: the stream is away, reads are repeated. `offline`: nothing answers. */
export type ConnectionState = 'connecting' | 'live' | 'polling' | 'offline'

const Connection = createContext<ConnectionState>('connecting')

/** How the page stands to the gateway. */
export function useConnection(): ConnectionState {
  return use(Connection)
}

/** The gateway sends a heartbeat every 15 seconds; a stream that is silent for longer is dead. */
const SILENT_MS = 40_000
const POLL_EVERY_MS = 10_000
const COME_BACK_MS = 2_000
/** A storm of changes is read at most so often. */
const READ_AGAIN_MS = 800

/** Follows `/v1/stream` and reads anew what it says has changed; without it, everything on the screen every 10 seconds. */
export function LiveUpdates({ children }: { children: ReactNode }) {
  const queries = useQueryClient()
  const [state, setState] = useState<ConnectionState>('connecting')
  useEffect(() => {
    const stopped = new AbortController()
    void follow(queries, setState, stopped.signal)
    return () => stopped.abort()
  }, [queries])
  return <Connection value={state}>{children}</Connection>
}

async function follow(queries: QueryClient, setState: (state: ConnectionState) => void, stopped: AbortSignal) {
  const refresh = gathered(queries)
  let lastEventId: string | null = null
  let polledAt = Date.now()
  while (!stopped.aborted) {
    try {
      await listen(lastEventId, stopped, (event, data, id) => {
        if (id !== null) lastEventId = id
        if (event === 'ready') setState('live')
        else if (event === 'reset') void queries.invalidateQueries()
        else refresh(event, (JSON.parse(data) as { id?: string | null }).id ?? null)
      })
    } catch {
      if (stopped.aborted) return
    }
    const reachable = await fetch('/healthz')
      .then((answer) => answer.ok)
      .catch(() => false)
    setState(reachable ? 'polling' : 'offline')
    if (reachable && Date.now() - polledAt > POLL_EVERY_MS) {
      polledAt = Date.now()
      void queries.invalidateQueries()
    }
    await pause(COME_BACK_MS, stopped)
  }
}

/** Resolves when the stream ends, rejects when it breaks or is silent for too long. */
async function listen(
  lastEventId: string | null,
  stopped: AbortSignal,
  onMessage: (event: string, data: string, id: string | null) => void
): Promise<void> {
  const silent = new AbortController()
  let timer = setTimeout(() => silent.abort(), SILENT_MS)
  try {
    const answer = await ask('/v1/stream', {
      signal: AbortSignal.any([stopped, silent.signal]),
      headers: { accept: 'text/event-stream', ...(lastEventId === null ? {} : { 'last-event-id': lastEventId }) }
    })
    const push = createStreamParser((message) => onMessage(message.event, message.data, message.id))
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
    for (let part = await reader?.read(); part !== undefined && !part.done; part = await reader?.read()) {
      clearTimeout(timer)
      timer = setTimeout(() => silent.abort(), SILENT_MS)
      push(part.value)
    }
  } finally {
    clearTimeout(timer)
  }
}

/** Collects changes for a moment, so that a hundred of them lead to one read. */
function gathered(queries: QueryClient): (topic: string, id: string | null) => void {
  const waiting = new Map<string, { topic: string; id: string | null }>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const flush = (): void => {
    timer = undefined
    const changes = [...waiting.values()]
    waiting.clear()
    void queries.invalidateQueries({
      predicate: ({ queryKey }) => {
        const [path, asked] = queryKey as [string, { path?: { id?: string } } | undefined]
        return changes.some(({ topic, id }) => isStaleAfter({ path, id: asked?.path?.id }, topic, id))
      }
    })
  }
  return (topic, id) => {
    waiting.set(`${topic} ${id ?? ''}`, { topic, id })
    timer ??= setTimeout(flush, READ_AGAIN_MS)
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true })
  })
}
