import { useQueryClient } from '@tanstack/react-query'
import { Hourglass } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { isHeldBack } from '../api/problem.ts'

/** Says why a screen goes on loading while the gateway asks to be left alone for a moment. */
export function HeldBack() {
  const cache = useQueryClient().getQueryCache()
  const waiting = useSyncExternalStore(
    (listener) => cache.subscribe(listener),
    () => cache.getAll().some(({ state }) => state.fetchStatus === 'fetching' && isHeldBack(state.fetchFailureReason))
  )
  if (!waiting) return null
  return (
    <p role="status" className="flex items-center gap-2 bg-tone-warning-soft px-4 py-2 text-tone-warning lg:px-6">
      <Hourglass aria-hidden size={14} className="shrink-0" />
      The gateway was asked too often. This page asks again by itself within 15 seconds.
    </p>
  )
}
