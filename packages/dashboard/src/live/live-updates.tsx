import { useQueryClient } from '@tanstack/react-query'
import { createContext, use, useEffect, useState, type ReactNode } from 'react'
import { followStream, type ConnectionState } from './follow-stream.ts'
import { readStream } from './read-stream.ts'

const Connection = createContext<ConnectionState>('connecting')

/** How the page stands to the gateway. */
export function useConnection(): ConnectionState {
  return use(Connection)
}

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
      listen: (lastEventId, onMessage) =>
        readStream(
          '/v1/stream',
          { signal: stopped.signal, headers: lastEventId === null ? {} : { 'last-event-id': lastEventId } },
          ({ event, data, id }) => onMessage(event, data, id)
        ),
      reachable: () =>
        fetch('/healthz')
          .then((answer) => answer.ok)
          .catch(() => false)
    })
    return () => stopped.abort()
  }, [queries])
  return <Connection value={state}>{children}</Connection>
}
