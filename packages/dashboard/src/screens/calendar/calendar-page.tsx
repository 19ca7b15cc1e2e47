import { Button } from '@heroui/react'
import { getRouteApi, Outlet, useNavigate, useParams, useRouter } from '@tanstack/react-router'
import { Plus } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useMe } from '../../api/session.ts'
import { useMedia } from '../../design/media.ts'
import { PageHead } from '../../design/page.tsx'
import { Loaded } from '../../design/states.tsx'
import { isTyping } from '../../list/typing.ts'
import { may, seesOwnOnly } from '../../words/access.ts'
import {
  CALENDAR_VIEWS,
  localDay,
  neighbour,
  placeOf,
  shownMeetingState,
  spanOf,
  zoneWords,
  type CalendarPlace
} from '../../words/calendar.ts'
import { MoveDialog } from '../meetings/move-dialog.tsx'
import { ScheduleDialog } from '../meetings/schedule-dialog.tsx'
import { CalendarGrid, type Span } from './calendar-grid.tsx'
import { CalendarToolbar } from './calendar-toolbar.tsx'
import { useMeetingsBetween, type CalendarMeeting } from './use-meetings-between.ts'

const route = getRouteApi('/app/calendar')

/** The meetings as a calendar: by day, week, month, or as a list where there is no room for columns. */
export default function CalendarPage() {
  const search = route.useSearch()
  const navigate = useNavigate()
  const router = useRouter()
  const me = useMe()
  const own = seesOwnOnly(me)
  const narrow = useMedia('(max-width: 767px)')
  const openId = useParams({ strict: false }).id
  const today = localDay(Date.now())
  const place = placeOf(search, { narrow, today })
  const found = useMeetingsBetween(spanOf(place))
  const go = (next: Partial<CalendarPlace & { status: string | undefined; host: 'me' | undefined }>): void =>
    void navigate({ to: '/calendar', search: { ...search, ...next } as never, replace: true })
  const maySchedule = may(me, 'commands')
  const [scheduling, setScheduling] = useState<{ readonly span?: Span } | null>(null)
  const [moving, setMoving] = useState<{ readonly meeting: CalendarMeeting; readonly to: Span } | null>(null)
  useCalendarKeys(place, today, go)
  const of = (meetings: readonly CalendarMeeting[]): CalendarMeeting[] =>
    meetings.filter(
      (meeting) =>
        (search.status === undefined || shownMeetingState(meeting) === search.status) &&
        (search.host !== 'me' || meeting.host.email === me.user?.email)
    )
  return (
    <div className="flex h-full min-h-0">
      <div
        className={`@container min-w-0 flex-1 flex-col gap-3 p-4 pb-0 ${openId === undefined ? 'flex lg:p-6 lg:pb-0' : 'hidden lg:flex xl:p-6 xl:pb-0'}`}
      >
        <PageHead
          title={own ? 'Your calendar' : 'Calendar'}
          actions={
            maySchedule ? (
              <Button size="sm" variant="primary" onPress={() => setScheduling({})}>
                <Plus aria-hidden size={14} /> Schedule
              </Button>
            ) : undefined
          }
        >
          {own ? 'Meetings with your leads' : 'Everybody’s meetings'}; times are those of{' '}
          {zoneWords(Date.parse(place.date))}.
        </PageHead>
        <CalendarToolbar
          place={place}
          today={today}
          narrow={narrow}
          meetings={found.data?.meetings ?? []}
          status={search.status}
          mine={own || me.user === null ? null : search.host === 'me'}
          onPlace={go}
          onStatus={(status) => go({ status })}
          onMine={(mine) => go({ host: mine ? 'me' : undefined })}
        />
        {found.data?.isWhole === false ? (
          <p role="status" className="text-xs text-tone-warning">
            There are more meetings than are drawn here. Look at fewer days.
          </p>
        ) : null}
        <div className="panel min-h-0 flex-1 overflow-hidden rounded-b-none border-b-0">
          <Loaded read={found}>
            {({ meetings }) => (
              <CalendarGrid
                place={place}
                meetings={of(meetings)}
                addressOf={(id) =>
                  router.buildLocation({ to: '/calendar/$id', params: { id }, search: search as never }).href
                }
                onOpen={(id) => void navigate({ to: '/calendar/$id', params: { id }, search: search as never })}
                onDay={(date) => go({ view: 'day', date })}
                onChoose={maySchedule ? (span) => setScheduling({ span }) : null}
                onMove={(meeting, to) => setMoving({ meeting, to })}
              />
            )}
          </Loaded>
        </div>
      </div>
      <Outlet />
      {scheduling === null ? null : <ScheduleDialog {...scheduling} onClose={() => setScheduling(null)} />}
      {moving === null ? null : <MoveDragged {...moving} onClose={() => setMoving(null)} />}
    </div>
  )
}

function MoveDragged({ meeting, to, onClose }: { meeting: CalendarMeeting; to: Span; onClose: () => void }) {
  const { id, startsAt, endsAt, customer } = meeting
  if (startsAt === null) return null
  const who = customer.name ?? customer.email ?? 'nobody that is known'
  return <MoveDialog meeting={{ id, who, startsAt, endsAt }} to={to} onClose={onClose} />
}

/** 1 to 4 choose the view, 0 goes to today, the arrows go on and back. */
function useCalendarKeys(place: CalendarPlace, today: string, go: (place: CalendarPlace) => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target) || event.defaultPrevented) return
      const view = CALENDAR_VIEWS[Number(event.key) - 1]
      if (event.key === 'ArrowLeft') go(neighbour(place, -1))
      else if (event.key === 'ArrowRight') go(neighbour(place, 1))
      else if (event.key === '0') go({ ...place, date: today })
      else if (view !== undefined) go({ ...place, view })
      else return
      event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  })
}
