import type { Refusal } from '@leadlog/contracts'
import { timeInvalid, timePast } from '../errors.ts'

/** When a meeting is, in UTC. */
export interface Span {
  readonly startsAt: string
  readonly endsAt: string
}

const WITH_ZONE = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/
const LONGEST_MS = 86_400_000
const FURTHEST_MS = 731 * 86_400_000
/** Whoever books a meeting that begins right now is not refused for the way of the command. */
const LATE_MS = 60_000

/** The times as they are given, or why they cannot be those of a meeting. Pure. */
export function spanOf(given: Span, now: Date): Span | Refusal {
  const start = instantOf(given.startsAt)
  const end = instantOf(given.endsAt)
  if (start === null) return timeInvalid('startsAt is no time with a zone')
  if (end === null) return timeInvalid('endsAt is no time with a zone')
  if (end <= start) return timeInvalid('endsAt is not after startsAt')
  if (end - start > LONGEST_MS) return timeInvalid('It would last for more than a day')
  if (start < now.getTime() - LATE_MS) return timePast('startsAt is over')
  if (start > now.getTime() + FURTHEST_MS) return timePast('startsAt is more than two years ahead')
  return { startsAt: new Date(start).toISOString(), endsAt: new Date(end).toISOString() }
}

function instantOf(text: string): number | null {
  const at = WITH_ZONE.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(at) ? null : at
}
