import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { StatusIcon, TONES } from '../../design/status.tsx'
import {
  CALENDAR_VIEWS,
  MEETING_STATES,
  neighbour,
  placeTitle,
  shownMeetingState,
  type CalendarPlace
} from '../../words/calendar.ts'
import { sentence } from '../../words/names.ts'
import { statusLook } from '../../words/status.ts'
import type { CalendarMeeting } from './use-meetings-between.ts'

/** Where one is, on and back, the views, and what the colours mean: each state with its count, to be shown alone. */
export function CalendarToolbar(props: {
  place: CalendarPlace
  today: string
  narrow: boolean
  meetings: readonly CalendarMeeting[]
  status: string | undefined
  /** Only what one hosts oneself; null where that is no question. */
  mine: boolean | null
  onPlace: (place: CalendarPlace) => void
  onStatus: (status: string | undefined) => void
  onMine: (mine: boolean) => void
}) {
  const { place, today, narrow, meetings, status, mine, onPlace, onStatus, onMine } = props
  const counts = new Map<string, number>()
  for (const meeting of meetings) {
    const state = shownMeetingState(meeting)
    counts.set(state, (counts.get(state) ?? 0) + 1)
  }
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <div role="group" aria-label="Days" className="flex items-center gap-1">
          <Step label="Before" onPress={() => onPlace(neighbour(place, -1))}>
            <ChevronLeft aria-hidden size={16} />
          </Step>
          <button
            type="button"
            title="Today (0)"
            onClick={() => onPlace({ ...place, date: today })}
            className="h-8 rounded-lg border border-border bg-surface px-3 font-medium hover:bg-default"
          >
            Today
          </button>
          <Step label="After" onPress={() => onPlace(neighbour(place, 1))}>
            <ChevronRight aria-hidden size={16} />
          </Step>
        </div>
        <h2
          aria-live="polite"
          className="order-first w-full text-base font-semibold @lg:order-none @lg:w-auto @lg:flex-1"
        >
          {placeTitle(place)}
        </h2>
        {mine === null ? null : (
          <div role="group" aria-label="Whose meetings" className="flex rounded-lg bg-surface-secondary p-0.5">
            <Choose chosen={!mine} onPress={() => onMine(false)}>
              All
            </Choose>
            <Choose chosen={mine} onPress={() => onMine(true)}>
              Hosted by me
            </Choose>
          </div>
        )}
        <div role="group" aria-label="View" className="flex rounded-lg bg-surface-secondary p-0.5">
          {CALENDAR_VIEWS.filter((view) => !narrow || view !== 'week').map((view) => (
            <Choose
              key={view}
              chosen={view === place.view}
              hint={`${sentence(view)} (${String(CALENDAR_VIEWS.indexOf(view) + 1)})`}
              onPress={() => onPlace({ ...place, view })}
            >
              {sentence(view)}
            </Choose>
          ))}
        </div>
      </div>
      <div role="group" aria-label="States" className="-mx-1 flex items-center gap-1 overflow-x-auto px-1 py-0.5">
        {MEETING_STATES.map((state) => {
          const look = statusLook('meeting', state)
          return (
            <button
              key={state}
              type="button"
              aria-pressed={status === state}
              onClick={() => onStatus(status === state ? undefined : state)}
              className={`inline-flex h-7 shrink-0 items-center gap-1.5 rounded-full border px-2.5 text-xs font-medium whitespace-nowrap ${TONES[look.tone]} ${status === state ? 'border-current' : 'border-transparent'}`}
            >
              <StatusIcon look={look} />
              {look.word} <span className="tnum">{counts.get(state) ?? 0}</span>
            </button>
          )
        })}
      </div>
    </div>
  )
}

function Step({ label, onPress, children }: { label: string; onPress: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onPress}
      className="grid size-8 place-items-center rounded-lg border border-border bg-surface hover:bg-default"
    >
      {children}
    </button>
  )
}

function Choose(props: { chosen: boolean; hint?: string; onPress: () => void; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-pressed={props.chosen}
      title={props.hint}
      onClick={props.onPress}
      className="h-7 rounded-md px-2.5 text-muted aria-pressed:bg-surface aria-pressed:font-medium aria-pressed:text-foreground aria-pressed:shadow-sm"
    >
      {props.children}
    </button>
  )
}
