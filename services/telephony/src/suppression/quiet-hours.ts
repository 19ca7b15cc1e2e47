import type { QuietHours } from '@leadlog/contracts'

const MINUTE_MS = 60_000
const DAY_MINUTES = 1_440

/** Zones far apart may leave no hour that suits all of them; then the search ends. */
const MOST_STEPS = 64

/**
 * When everybody may be disturbed again, in all of the time zones; null where they may be now. Always later than `now`, and
 * then to be looked at again: zones may have no hour in common.
 */
export function quietUntil(zones: readonly string[], hours: QuietHours, now: Date): Date | null {
  if (hours.from === hours.until) return null
  let at = now.getTime()
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const quiet = zones.find((zone) => isQuiet(zone, hours, at))
    if (quiet === undefined) break
    at = endOfQuiet(quiet, hours, at)
  }
  return at === now.getTime() ? null : new Date(at)
}

/** The first minute after `at` that is not quiet in the zone, also where the clocks change in between. */
function endOfQuiet(zone: string, hours: QuietHours, at: number): number {
  const from = Math.floor(at / MINUTE_MS) * MINUTE_MS
  let end = from
  do {
    const minutes = (minutesOf(hours.until) - minutesOf(clockIn(zone, end)) + DAY_MINUTES) % DAY_MINUTES
    end += Math.max(1, minutes) * MINUTE_MS
  } while (isQuiet(zone, hours, end))
  // Where the clocks went forward, it ended earlier than the clock of before said.
  while (end - MINUTE_MS > at && !isQuiet(zone, hours, end - MINUTE_MS)) end -= MINUTE_MS
  return end
}

function isQuiet(zone: string, { from, until }: QuietHours, at: number): boolean {
  const clock = clockIn(zone, at)
  return from < until ? from <= clock && clock < until : from <= clock || clock < until
}

function minutesOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))
}

/** `HH:MM` as a clock on that wall shows it. */
function clockIn(timeZone: string, at: number): string {
  return formatOf(timeZone).format(at)
}

/** Made once for each time zone: it takes longer than all the rest. */
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
  formats.set(timeZone, made)
  return made
}
