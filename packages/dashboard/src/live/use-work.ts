import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Work } from '../api/start-work.ts'
import { pause } from './follow-stream.ts'
import { readStream } from './read-stream.ts'

const COME_BACK_MS = 2_000

/**
 * Something that was started, as it moves: null until the first is known. When it has ended, everything that it may have
 * changed is read anew.
 *
 * @param path of the resource, for example `/v1/rebuilds`
 * @param started its id, and the place in the log of its start where this page started it; null watches nothing
 */
export function useWork(path: string, started: { id: string; after?: number } | null): Work | null {
  const queries = useQueryClient()
  const [seen, setSeen] = useState<Work | null>(null)
  const id = started?.id
  const after = started?.after
  useEffect(() => {
    if (id === undefined) return
    const left = new AbortController()
    const watch = async (): Promise<void> => {
      while (!left.signal.aborted) {
        const ended = await listen(
          `${path}/${id}/progress${after === undefined ? '' : `?after=${String(after)}`}`,
          left.signal,
          setSeen
        ).catch(() => false)
        if (ended) return void queries.invalidateQueries()
        await pause(COME_BACK_MS, left.signal)
      }
    }
    void watch()
    return () => left.abort()
  }, [path, id, after, queries])
  return seen !== null && seen.id === id ? seen : null
}

/** Resolves with true when the work has ended, with false when the stream broke off before. */
async function listen(address: string, signal: AbortSignal, onWork: (work: Work) => void): Promise<boolean> {
  let ended = false
  await readStream(address, { signal }, ({ event, data }) => {
    const work = JSON.parse(data) as Work | null
    if (work !== null) onWork(work)
    if (event === 'end') ended = true
  })
  return ended
}
