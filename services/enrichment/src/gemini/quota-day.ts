const DAY_MS = 24 * 60 * 60_000

/** Milliseconds until the next midnight in a time zone, a changed clock left aside. */
export function msUntilMidnight(now: number, timeZone: string): number {
  const clock = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit'
  })
  const [hours = 0, minutes = 0, seconds = 0] = clock.format(now).split(':').map(Number)
  return DAY_MS - ((hours * 60 + minutes) * 60 + seconds) * 1000 - (now % 1000)
}
