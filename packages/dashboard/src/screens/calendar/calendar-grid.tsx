import './calendar.css'
import FullCalendar, { type CalendarRef, type EventDisplayInfo, type EventInput } from '@fullcalendar/react'
import dayGrid from '@fullcalendar/react/daygrid'
import interaction from '@fullcalendar/react/interaction'
import list from '@fullcalendar/react/list'
import classic from '@fullcalendar/react/themes/classic'
import timeGrid from '@fullcalendar/react/timegrid'
import { useEffect, useRef } from 'react'
import { Look, StatusIcon } from '../../design/status.tsx'
import { localDay, shownMeetingState, type CalendarPlace, type CalendarView } from '../../words/calendar.ts'
import { canMove, minutesOf } from '../../words/meetings.ts'
import { statusLook } from '../../words/status.ts'
import type { CalendarMeeting } from './use-meetings-between.ts'

const VIEW_NAMES: Readonly<Record<CalendarView, string>> = {
  day: 'timeGridDay',
  week: 'timeGridWeek',
  month: 'dayGridMonth',
  list: 'listWeek'
}

const TIMES = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
/** From when to when. */
export interface Span {
  readonly startsAt: string
  readonly endsAt: string
}

/** Hours before it are above the edge at first. */
const MORNING = '08:00:00'
/** The names of the days stay in sight above the hours. */
const HEAD_PX = 28

const DAY_OF_WEEK = { weekday: 'short', day: 'numeric' } as const
const DAY_OF_MONTH = { day: 'numeric', month: 'long' } as const
const WORK_BEGINS = 9
const HALF_HOUR_MS = 1_800_000
/** Nobody knows when such a meeting ends; it is drawn so long. */
const USUAL_LENGTH = { minutes: 30 }

/** The meetings on their days, drawn by FullCalendar. What moves it stands in the address, not in it. */
export function CalendarGrid(props: {
  place: CalendarPlace
  meetings: readonly CalendarMeeting[]
  /** The address of a meeting, for a tab of its own. */
  addressOf: (id: string) => string
  onOpen: (id: string) => void
  onDay: (date: string) => void
  /** Somebody chose a time for a meeting; null for who may schedule none. */
  onChoose: ((span: Span) => void) | null
  /** Somebody dragged a meeting to another time; it stays where it was until that is confirmed. */
  onMove: (meeting: CalendarMeeting, to: Span) => void
}) {
  const { place, meetings, addressOf, onOpen, onDay, onChoose, onMove } = props
  const calendar = useRef<CalendarRef>(null)
  const { view, date } = place
  useEffect(() => {
    // After the draw: the calendar draws itself again, which React does not allow in the middle of its own.
    queueMicrotask(() => calendar.current?.getApi().changeView(VIEW_NAMES[view], date))
  }, [view, date])
  const scroller = useRef<HTMLDivElement>(null)
  const hasHours = view === 'day' || view === 'week'
  useEffect(() => {
    const part = scroller.current
    const days = part?.firstElementChild
    if (!hasHours || !part || !days) return
    // The library gives the hours their height after it has drawn them.
    const drawn = new ResizeObserver(() => {
      const morning = part.querySelector(`[data-time="${MORNING}"]`)
      if (!morning || part.scrollHeight <= part.clientHeight) return
      part.scrollTop += morning.getBoundingClientRect().top - part.getBoundingClientRect().top - HEAD_PX
      drawn.disconnect()
    })
    drawn.observe(days)
    return () => drawn.disconnect()
  }, [hasHours])
  return (
    // It scrolls here and not in the library, whose own scrolling part nobody reaches by keyboard where a week is empty.
    <div ref={scroller} tabIndex={0} role="region" aria-label="Days" className="h-full overflow-y-auto">
      <FullCalendar
        ref={calendar}
        className="meetings-calendar"
        plugins={[timeGrid, dayGrid, list, interaction, classic]}
        initialView={VIEW_NAMES[view]}
        initialDate={date}
        headerToolbar={false}
        timeZone="local"
        locale={navigator.language}
        height={hasHours ? 'auto' : '100%'}
        tableHeaderSticky
        borderless
        firstDay={1}
        allDaySlot={false}
        nowIndicator
        navLinks
        navLinkHint={(_text, day) => `${day.toLocaleDateString(undefined, DAY_OF_MONTH)}: open the day`}
        navLinkDayClick={(day) => onDay(localDay(day.getTime()))}
        dayMaxEvents
        eventDisplay="block"
        {...(view === 'month' ? {} : { dayHeaderFormat: DAY_OF_WEEK })}
        monthStartFormat={DAY_OF_MONTH}
        eventTimeFormat={TIMES}
        slotHeaderFormat={TIMES}
        defaultTimedEventDuration={USUAL_LENGTH}
        slotMinHeight={28}
        // One line of text: a quarter of an hour is lower.
        eventMinHeight={20}
        listItemEventBeforeClass="hidden"
        dayHeaderDidMount={({ el, date: day }) => nameLinks(el, day)}
        listDayHeaderDidMount={({ el, date: day }) => nameLinks(el, day)}
        noEventsText="No meetings in these days"
        events={meetings.flatMap((meeting) => eventOf(meeting, addressOf, onChoose !== null))}
        eventContent={(info) => <MeetingInGrid info={info} />}
        selectable={onChoose !== null}
        selectMirror
        // A click beside the form that is open for it must not take it away.
        unselectAuto={false}
        select={({ start, end, allDay, view: shown }) => {
          shown.calendar.unselect()
          onChoose?.(spanOf(start, end, allDay))
        }}
        eventDurationEditable={false}
        eventDrop={({ event, revert }) => {
          const meeting = event.extendedProps['meeting'] as CalendarMeeting
          const { start } = event
          revert()
          if (start !== null) onMove(meeting, movedTo(meeting, start))
        }}
        eventClick={({ event, jsEvent }) => {
          // With a key held down the browser opens a tab of its own.
          if (jsEvent.ctrlKey || jsEvent.metaKey || jsEvent.shiftKey) return
          jsEvent.preventDefault()
          onOpen(event.id)
        }}
      />
    </div>
  )
}

function eventOf(meeting: CalendarMeeting, addressOf: (id: string) => string, mayMove: boolean): EventInput[] {
  const { id, startsAt, endsAt } = meeting
  if (startsAt === null) return []
  const { tone } = statusLook('meeting', shownMeetingState(meeting))
  return [
    {
      id,
      title: whoOf(meeting),
      start: startsAt,
      ...(endsAt === null ? {} : { end: endsAt }),
      url: addressOf(id),
      editable: mayMove && canMove(meeting, Date.now()),
      color: `var(--tone-${tone}-soft)`,
      contrastColor: `var(--tone-${tone})`,
      extendedProps: { meeting }
    }
  ]
}

/** State by icon and word, when, and with whom. */
function MeetingInGrid({ info }: { info: EventDisplayInfo }) {
  const meeting = info.event.extendedProps['meeting'] as CalendarMeeting | undefined
  if (meeting === undefined) return <span>{info.timeText}</span>
  const look = statusLook('meeting', shownMeetingState(meeting))
  const isList = info.view.type.startsWith('list')
  const struck = meeting.status === 'canceled' ? 'line-through' : ''
  if (isList) {
    return (
      <span className="flex min-w-0 flex-1 items-center gap-3">
        <span className="tnum w-24 shrink-0 text-muted">{info.timeText}</span>
        <span className="min-w-0 flex-1">
          <span className={`block truncate font-medium ${struck}`}>{whoOf(meeting)}</span>
          <span className="block truncate text-xs text-muted">{meeting.title ?? 'Without a title'}</span>
        </span>
        <Look look={look} />
      </span>
    )
  }
  // Beside the hours the place tells when; a day of the month has to say so.
  const saysWhen = !info.isShort || info.view.type.startsWith('dayGrid')
  return (
    <span
      title={`${look.word}: ${whoOf(meeting)}, ${info.timeText}`}
      className="flex min-w-0 flex-1 items-start gap-1 overflow-hidden px-0.5 text-xs leading-4"
    >
      <span className="mt-0.5 shrink-0">
        <StatusIcon look={look} />
      </span>
      <span className="sr-only">{look.word}: </span>
      <span className="min-w-0 flex-1 truncate">
        <span className={`font-medium ${struck}`}>{whoOf(meeting)}</span>{' '}
        <span className={`tnum ${saysWhen ? '' : 'sr-only'}`}>{info.timeText}</span>
      </span>
    </span>
  )
}

/** A day of the month stands for its first half hour of work. */
function spanOf(start: Date, end: Date, isDay: boolean): Span {
  if (!isDay) return { startsAt: start.toISOString(), endsAt: end.toISOString() }
  const begins = new Date(start)
  begins.setHours(WORK_BEGINS, 0)
  return { startsAt: begins.toISOString(), endsAt: new Date(begins.getTime() + HALF_HOUR_MS).toISOString() }
}

/** As long as it was. */
function movedTo({ startsAt, endsAt }: CalendarMeeting, start: Date): Span {
  const length = minutesOf(startsAt ?? start.toISOString(), endsAt) * 60_000
  return { startsAt: start.toISOString(), endsAt: new Date(start.getTime() + length).toISOString() }
}

/** The library names these links by their date alone, which does not say what is to be read on them. */
function nameLinks(header: HTMLElement, day: Date): void {
  for (const link of header.querySelectorAll('[role=link]'))
    link.setAttribute('aria-label', `${link.textContent}: open ${day.toLocaleDateString()}`)
}

function whoOf({ customer, title }: CalendarMeeting): string {
  return customer.name ?? customer.email ?? title ?? 'Nobody that is known'
}
