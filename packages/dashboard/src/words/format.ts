const MINUTE = 60
const HOUR = 3_600
const DAY = 86_400
const WEEK = 7 * DAY

/** How far a moment is from now, as a person says it: `just now`, `4 min ago`, `in 2 h`, `3 d ago`; a date beyond a week. */
export function relativeTime(iso: string, nowMs: number, locale?: string): string {
  const seconds = Math.round((nowMs - Date.parse(iso)) / 1000)
  const far = Math.abs(seconds)
  if (far < 10) return 'just now'
  if (far >= WEEK) return dayOf(iso, nowMs, locale)
  const amount =
    far < MINUTE
      ? `${String(far)} s`
      : far < HOUR
        ? `${String(Math.round(far / MINUTE))} min`
        : far < DAY
          ? `${String(Math.round(far / HOUR))} h`
          : `${String(Math.round(far / DAY))} d`
  return seconds > 0 ? `${amount} ago` : `in ${amount}`
}

function dayOf(iso: string, nowMs: number, locale?: string): string {
  const date = new Date(iso)
  const sameYear = date.getFullYear() === new Date(nowMs).getFullYear()
  return date.toLocaleDateString(locale, { day: 'numeric', month: 'short', ...(sameYear ? {} : { year: 'numeric' }) })
}

/** A day of the books, which are kept by UTC: `Mon, Nov 30`. */
export function dayWords(day: string, locale?: string): string {
  return new Date(`${day}T00:00:00Z`).toLocaleDateString(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC'
  })
}

/** `2026-11-30` → `2026-12-01`. */
export function dayAfter(day: string): string {
  const next = new Date(`${day}T00:00:00Z`)
  next.setUTCDate(next.getUTCDate() + 1)
  return next.toISOString().slice(0, 10)
}

/** The exact moment in the reader's zone. */
export function absoluteTime(iso: string, locale?: string): string {
  return new Date(iso).toLocaleString(locale, { dateStyle: 'medium', timeStyle: 'medium' })
}

/** The moment of an appointment: day and time without seconds. */
export function appointment(iso: string, locale?: string): string {
  return new Date(iso).toLocaleString(locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit'
  })
}

/** `14:30`, in the time zone of this machine. */
export function timeOfDay(iso: string, locale?: string): string {
  return new Date(iso).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' })
}

/** A length of time: `320 ms`, `1.4 s`, `2 min 5 s`, `3 h 20 min`. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${String(Math.round(ms))} ms`
  const seconds = ms / 1000
  if (seconds < MINUTE) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < HOUR) return joined(Math.floor(whole / MINUTE), 'min', whole % MINUTE, 's')
  if (whole < DAY) return joined(Math.floor(whole / HOUR), 'h', Math.round((whole % HOUR) / MINUTE), 'min')
  return joined(Math.floor(whole / DAY), 'd', Math.round((whole % DAY) / HOUR), 'h')
}

function joined(big: number, bigUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${String(big)} ${bigUnit}` : `${String(big)} ${bigUnit} ${String(small)} ${smallUnit}`
}

const ID_HEAD = 6
const ID_TAIL = 4

/** An id with its middle left out, so that both ends can be compared: `65bdc8…a364`. */
export function elideMiddle(id: string): string {
  return id.length <= ID_HEAD + ID_TAIL + 2 ? id : `${id.slice(0, ID_HEAD)}…${id.slice(-ID_TAIL)}`
}

/** `1,234,567`. */
export function thousands(count: number): string {
  return count.toLocaleString('en')
}

/** A share of one as `80 %`. */
export function percent(share: number): string {
  return `${String(Math.round(share * 100))} %`
}

/** A count with its noun: `1 row`, `12 rows`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${thousands(count)} ${count === 1 ? one : many}`
}

const BYTE_UNITS = ['B', 'KB', 'MB'] as const

export function bytes(count: number): string {
  let value = count
  let unit = 0
  while (value >= 1000 && unit < BYTE_UNITS.length - 1) {
    value /= 1000
    unit++
  }
  return `${unit === 0 ? String(value) : value.toFixed(1)} ${BYTE_UNITS[unit] ?? ''}`
}

/** Millionths of a US dollar as dollars, exact below a cent. */
export function dollars(microUsd: number): string {
  const usd = microUsd / 1_000_000
  const digits = usd > 0 && usd < 0.01 ? 4 : 2
  return `$${usd.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })}`
}
