import { useSyncExternalStore } from 'react'
import { createListeners } from '../listeners.ts'
import { clock } from '../words/calls.ts'

const TICK_MS = 1_000
let now = Date.now()
let ticking: ReturnType<typeof setInterval> | undefined
let listeners = 0
const { subscribe, tell } = createListeners()

/** The second that it is; nothing ticks while nobody looks. */
export function useSecond(): number {
  return useSyncExternalStore(follow, () => now)
}

function follow(listener: () => void): () => void {
  const leave = subscribe(listener)
  listeners += 1
  ticking ??= setInterval(() => {
    now = Date.now()
    tell()
  }, TICK_MS)
  return () => {
    leave()
    listeners -= 1
    if (listeners > 0) return
    clearInterval(ticking)
    ticking = undefined
  }
}

/** How long something goes on already, second by second. */
export function Ticking({ since }: { since: string }) {
  const second = useSecond()
  return (
    <span className="tnum whitespace-nowrap">{clock((Math.max(second, Date.now()) - Date.parse(since)) / 1000)}</span>
  )
}
