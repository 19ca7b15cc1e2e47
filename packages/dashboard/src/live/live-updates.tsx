import { useQueryClient } from '@tanstack/react-query'
import { createContext, use, useEffect, useState, type ReactNode } from 'react'
import { ask } from '../api/client.ts'
import { createStreamParser } from './event-stream-parser.ts'
import { followStream, type ConnectionState, type OnMessage } from './follow-stream.ts'

const Connection = createContext<ConnectionState>('connecting')

/** How the page stands to the gateway. */
export function useConnection(): ConnectionState {
  return use(Connection)
}

/** The gateway sends a heartbeat every 15 seconds; a stream that is silent for longer is dead. */
const SILENT_MS = 40_000

/** Follows `/v1/stream` and reads anew what it says has changed; without it, everything on the screen every 10 seconds. */
export function LiveUpdates({ children }: { children: ReactNode }) {
  const queries = useQueryClient()
  const [state, setState] = useState<ConnectionState>('connecting')
  useEffect(() => {
    const stopped = new AbortController()
    void followStream({
      reads: queries,
      onState: setState,
      stopped: stopped.signal,
      hidden: () => document.hidden,
      listen: (lastEventId, onMessage) => listen(lastEventId, stopped.signal, onMessage),
      reachable: () =>
        fetch('/healthz')
          .then((answer) => answer.ok)
          .catch(() => false)
    })
    return () => stopped.abort()
  }, [queries])
  return <Connection value={state}>{children}</Connection>
}

/** Resolves when the stream ends, rejects when it breaks or is silent for too long. */
async function listen(lastEventId: string | null, stopped: AbortSignal, onMessage: OnMessage): Promise<void> {
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
