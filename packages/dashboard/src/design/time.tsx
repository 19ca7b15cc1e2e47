import { useSyncExternalStore } from 'react'
import { absoluteTime, relativeTime } from '../words/format.ts'
import { Hint } from './hint.tsx'

const TICK_MS = 15_000
let now = Date.now()
const listeners = new Set<() => void>()
setInterval(() => {
  now = Date.now()
  for (const listener of listeners) listener()
}, TICK_MS)

function useNow(): number {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => now
  )
}

/** A moment, relative, with the exact one on hover and for screen readers. */
export function Time({ at, hint = true }: { at: string; hint?: boolean }) {
  const exact = absoluteTime(at)
  const text = (
    <time dateTime={at} className="tnum whitespace-nowrap" {...(hint ? {} : { title: exact })}>
      {relativeTime(at, Math.max(useNow(), Date.now()))}
    </time>
  )
  return hint ? <Hint text={exact}>{text}</Hint> : text
}
