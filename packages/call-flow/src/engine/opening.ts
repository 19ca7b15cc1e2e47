import type { Schedule } from '@leadlog/contracts'

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** Whether a schedule is open at a time, by the clock of its own time zone. Pure. */
export function openingAt(schedule: Schedule, at: Date): 'open' | 'closed' | 'holiday' {
  const local = localTime(schedule.timeZone, at)
  if (schedule.holidays.some(({ date }) => date === local.date)) return 'holiday'
  return schedule.open.some(({ day, from, to }) => day === local.day && from <= local.clock && local.clock < to)
    ? 'open'
    : 'closed'
}

/** Weekday (Monday is 1), date and time as a clock on that wall shows them. */
function localTime(timeZone: string, at: Date): { day: number; date: string; clock: string } {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value])
  )
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? ''
  return {
    day: WEEKDAYS.indexOf(part('weekday')) + 1,
    date: `${part('year')}-${part('month')}-${part('day')}`,
    clock: `${part('hour')}:${part('minute')}`
  }
}

/** Made once for each time zone: it takes longer than all the rest of a step. */
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23'
  })
  formats.set(timeZone, made)
  return made
}
