import { useQuery } from '@tanstack/react-query'
import { plainRead } from '../api/queries.ts'

/** More are not counted. */
const MOST = 99

/** How many payments wait for a person; nothing while none does, or while it is not known. */
export function ParkedBadge() {
  const { data } = useQuery(plainRead('/v1/parked-payments', { limit: MOST }))
  const count = data?.data.length ?? 0
  if (count === 0) return null
  const words = data?.nextCursor == null ? String(count) : `${String(count)}+`
  return (
    <span className="tnum ml-auto rounded-full bg-tone-warning-soft px-1.5 text-xs font-medium text-tone-warning">
      {words}
      <span className="sr-only">, which wait for a person</span>
    </span>
  )
}
