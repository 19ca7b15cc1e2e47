import { useSyncExternalStore } from 'react'
import { absoluteTime, relativeTime } from '../words/format.ts'
import { Hint } from './hint.tsx'
import { createListeners } from '../listeners.ts'

const TICK_MS = 15_000
let now = Date.now()
const { subscribe, tell } = createListeners()
setInterval(() => {
  now = Date.now()
  tell()
}, TICK_MS)

function useNow(): number {
  return useSyncExternalStore(subscribe, () => now)
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
