/** How the calendar may be looked at. */
export const CALENDAR_VIEWS = ['day', 'week', 'month', 'list'] as const
export type CalendarView = (typeof CALENDAR_VIEWS)[number]

/** Which part of the calendar is looked at: a view, and a day in it (`2026-11-30`, in the reader's zone). */
export interface CalendarPlace {
  readonly view: CalendarView
  readonly date: string
}

/** The days of a place: the first, and the one after the last. */
export interface CalendarSpan {
  readonly first: string
  readonly after: string
}

const DAY = /^\d{4}-\d\d-\d\d$/
const WEEK_DAYS = 7

/** What an address says, mended where it says nothing or what cannot be. A phone has no room for seven columns. */
export function placeOf(
  search: { readonly view?: string | undefined; readonly date?: string | undefined },
  { narrow, today }: { narrow: boolean; today: string }
): CalendarPlace {
  const asked = CALENDAR_VIEWS.find((view) => view === search.view) ?? (narrow ? 'list' : 'week')
  const { date = '' } = search
  return {
    view: narrow && asked === 'week' ? 'list' : asked,
    date: DAY.test(date) && dayOf(Date.parse(date)) === date ? date : today
  }
}

/** The days that a place shows. Weeks begin on Monday; a month shows its weeks whole. */
export function spanOf({ view, date }: CalendarPlace): CalendarSpan {
  if (view === 'day') return { first: date, after: plusDays(date, 1) }
  if (view !== 'month') return { first: mondayOf(date), after: plusDays(mondayOf(date), WEEK_DAYS) }
  const last = plusDays(plusMonths(date, 1), -1)
  return { first: mondayOf(`${date.slice(0, 7)}-01`), after: plusDays(mondayOf(last), WEEK_DAYS) }
}

/** The place before (−1) or after (1). */
export function neighbour({ view, date }: CalendarPlace, step: -1 | 1): CalendarPlace {
  if (view === 'month') return { view, date: plusMonths(date, step) }
  return { view, date: plusDays(date, view === 'day' ? step : step * WEEK_DAYS) }
}

/** What stands above it: `November 2026`, `30 November – 6 December 2026`. */
export function placeTitle(place: CalendarPlace, locale?: string): string {
  const { view, date } = place
  if (view === 'month') return inUtc({ month: 'long', year: 'numeric' }, locale).format(Date.parse(date))
  if (view === 'day')
    return inUtc({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }, locale).format(Date.parse(date))
  const { first, after } = spanOf(place)
  return inUtc({ day: 'numeric', month: 'long', year: 'numeric' }, locale).formatRange(
    Date.parse(first),
    Date.parse(plusDays(after, -1))
  )
}

/** The moments between which something of a span begins, in the reader's zone. */
export function momentsOf({ first, after }: CalendarSpan): { from: string; to: string } {
  return { from: midnight(first).toISOString(), to: midnight(after).toISOString() }
}

/** The reader's zone by name and by what it is from UTC at a moment: `Europe/Berlin (GMT+1)`. */
export function zoneWords(
  at: number,
  locale?: string,
  zone = Intl.DateTimeFormat().resolvedOptions().timeZone
): string {
  const offset = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: 'shortOffset' })
    .formatToParts(at)
    .find(({ type }) => type === 'timeZoneName')?.value
  return offset === undefined || offset === zone ? zone : `${zone} (${offset})`
}

/** A day as the calendar counts it, in the reader's zone. */
export function localDay(at: number): string {
  const date = new Date(at)
  const two = (part: number): string => String(part).padStart(2, '0')
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** When a day begins in the reader's zone. */
export function midnight(day: string): Date {
  return new Date(`${day}T00:00:00`)
}

/** What the calendar tells meetings apart by. */
export const MEETING_STATES = ['booked', 'no-room', 'held', 'no-show', 'canceled'] as const

/** Where people meet without a link. */
const WITHOUT_LINK = ['physical', 'outbound_call', 'inbound_call', 'ask_invitee', 'custom']

/** A meeting's state with what its status leaves out: it is booked, and nobody knows where to meet. */
export function shownMeetingState(meeting: {
  readonly status: string
  readonly joinUrl: string | null
  readonly platform: string | null
}): string {
  const { status, joinUrl, platform } = meeting
  return status === 'booked' && joinUrl === null && !WITHOUT_LINK.includes(platform ?? '') ? 'no-room' : status
}

function plusDays(day: string, days: number): string {
  return dayOf(Date.parse(day) + days * 86_400_000)
}

/** The first of the month so many months away. */
function plusMonths(day: string, months: number): string {
  const date = new Date(`${day.slice(0, 7)}-01`)
  date.setUTCMonth(date.getUTCMonth() + months)
  return dayOf(date.getTime())
}

function mondayOf(day: string): string {
  return plusDays(day, -((new Date(day).getUTCDay() + 6) % WEEK_DAYS))
}

function dayOf(at: number): string {
  return Number.isNaN(at) ? '' : new Date(at).toISOString().slice(0, 10)
}

function inUtc(options: Intl.DateTimeFormatOptions, locale?: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })
}
