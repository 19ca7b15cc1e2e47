import { Button } from '@heroui/react'
import { keepPreviousData, useInfiniteQuery, useQuery, type UseQueryResult } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { ArrowRight, ChevronLeft, ChevronRight, Link2 } from 'lucide-react'
import { useEffect, type ReactNode } from 'react'
import type { AnswerOf } from '../../api/client.ts'
import { ApiProblem } from '../../api/problem.ts'
import { readOfOne } from '../../api/queries.ts'
import { copyText } from '../../design/copy-text.ts'
import { useRested } from '../../design/rested.ts'
import { Empty, Loaded } from '../../design/states.tsx'
import { Time } from '../../design/time.tsx'
import { EventLink } from '../../detail/event-link.tsx'
import { absoluteTime, counted } from '../../words/format.ts'
import { fieldWords } from '../../words/fields.ts'
import { keptApart, momentAt, momentsOf, type Moment } from '../../words/moments.ts'
import { eventName } from '../../words/names.ts'
import { textWithDates } from '../../words/timeline.ts'
import { timelineRead } from './timeline-read.ts'

const route = getRouteApi('/app/leads/$id')

const PAGE_ROWS = 200
/** A slider that is being moved asks when it has come to rest. */
const REST_MS = 250

/** Any two moments of the lead's history beside each other; where they stand is in the address. */
export function Compare({ leadId }: { leadId: string }) {
  const history = useInfiniteQuery(timelineRead(leadId, { sort: 'at' }, PAGE_ROWS))
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = history
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])
  return (
    <Loaded read={history}>
      {({ pages }) => {
        const moments = momentsOf(pages.flatMap(({ data }) => data))
        if (moments.length === 0) return <Empty title="Nothing happened yet" />
        return <TwoMoments leadId={leadId} moments={moments} />
      }}
    </Loaded>
  )
}

type Changes = AnswerOf<'/v1/leads/{id}/changes'>

function TwoMoments({ leadId, moments }: { leadId: string; moments: readonly Moment[] }) {
  const { from, to } = route.useSearch()
  const navigate = route.useNavigate()
  // The place behind the last moment is now.
  const now = moments.length
  const asked = { from: from ?? moments[0]?.at ?? '', ...(to === undefined ? {} : { to }) }
  const rested = useRested(asked, REST_MS)
  const found = useQuery({
    ...readOfOne('/v1/leads/{id}/changes', leadId, rested),
    placeholderData: keepPreviousData
  })
  // What is there is of other moments than the sliders show: while one moves them, and until the answer has come.
  const behind = found.isPlaceholderData || rested.from !== asked.from || rested.to !== asked.to
  const places = {
    from: placeOf(moments, from, found.data?.from?.time, 0),
    to: placeOf(moments, to, found.data?.to.time, now)
  }
  const move = (moved: 'from' | 'to', place: number): void => {
    const next = keptApart({ ...places, [moved]: place }, moved, now)
    const at = (index: number): string | undefined => moments[index]?.at
    void navigate({ search: (before) => ({ ...before, from: at(next.from), to: at(next.to) }), replace: true })
  }
  return (
    <div className="flex flex-col gap-5">
      <div className="panel flex flex-col gap-4 p-4">
        <Slider
          label="Earlier"
          moments={moments}
          place={places.from}
          last={now - 1}
          onMove={(at) => move('from', at)}
        />
        <Slider label="Later" moments={moments} place={places.to} last={now} onMove={(at) => move('to', at)} />
        <ShareLink changes={behind ? undefined : found.data} />
      </div>
      <ChangeList found={found} behind={behind} />
    </div>
  )
}

/** Where a slider stands: at the time of the address, or, for a sequence there, at the time that the answer tells. */
function placeOf(
  moments: readonly Moment[],
  said: string | undefined,
  told: string | undefined,
  absent: number
): number {
  if (said === undefined) return absent
  const time = /^\d+$/.test(said) ? told : said
  return time === undefined ? absent : Math.max(0, momentAt(moments, time))
}

function Slider(props: {
  label: string
  moments: readonly Moment[]
  place: number
  last: number
  onMove: (place: number) => void
}) {
  const { label, moments, place, last, onMove } = props
  const moment = moments[place]
  const title = moment === undefined ? 'Now' : textWithDates(moment.title)
  const when = moment === undefined ? '' : absoluteTime(moment.at)
  return (
    <div className="flex flex-col gap-1">
      <p className="flex flex-wrap items-baseline justify-between gap-x-3">
        <span className="min-w-0 font-medium [overflow-wrap:anywhere]">
          <span className="mr-2 text-xs font-normal text-muted">{label}</span>
          {title}
        </span>
        <span className="tnum text-xs text-muted">
          {when === '' ? '' : `${when}, `}
          {moment === undefined
            ? `after ${counted(moments.length, 'moment')}`
            : `${String(place + 1)} of ${String(moments.length)}`}
        </span>
      </p>
      <div className="flex items-center gap-2">
        <Step label={`${label}: one moment back`} isDisabled={place <= 0} onPress={() => onMove(place - 1)}>
          <ChevronLeft aria-hidden size={16} />
        </Step>
        <input
          type="range"
          aria-label={`${label} moment`}
          aria-valuetext={when === '' ? title : `${title}, ${when}`}
          min={0}
          max={last}
          value={Math.min(place, last)}
          onChange={(event) => onMove(Number(event.target.value))}
          className="h-8 w-full accent-[var(--accent)]"
        />
        <Step label={`${label}: one moment on`} isDisabled={place >= last} onPress={() => onMove(place + 1)}>
          <ChevronRight aria-hidden size={16} />
        </Step>
      </div>
    </div>
  )
}

function Step(props: { label: string; isDisabled: boolean; onPress: () => void; children: ReactNode }) {
  return (
    <Button
      isIconOnly
      size="sm"
      variant="ghost"
      aria-label={props.label}
      isDisabled={props.isDisabled}
      onPress={props.onPress}
    >
      {props.children}
    </Button>
  )
}

/** The link names places of the log, so that it shows the same two moments for ever. */
function ShareLink({ changes }: { changes: Changes | undefined }) {
  const copy = (): void => {
    if (changes === undefined) return
    const address = new URL(location.href)
    address.searchParams.set('tab', 'compare')
    if (changes.from !== null) address.searchParams.set('from', String(changes.from.sequence))
    address.searchParams.set('to', String(changes.to.sequence))
    void copyText(address.href, 'Link to these two moments')
  }
  return (
    <Button size="sm" variant="secondary" className="self-start" isDisabled={changes === undefined} onPress={copy}>
      <Link2 aria-hidden size={14} /> Copy link to these two moments
    </Button>
  )
}

function ChangeList({ found, behind }: { found: UseQueryResult<Changes>; behind: boolean }) {
  if (found.error instanceof ApiProblem && found.error.code === 'LEAD_UNKNOWN')
    return <Empty title="There was no lead yet">It was not known at the later moment. Choose a later one.</Empty>
  return (
    <Loaded read={found}>
      {({ changes }) =>
        changes.length === 0 ? (
          <Empty title="Nothing changed between these moments" />
        ) : (
          <Changed changes={changes} busy={behind} />
        )
      }
    </Loaded>
  )
}

function Changed({ changes, busy }: { changes: Changes['changes']; busy: boolean }) {
  return (
    <div className="flex flex-col gap-2" aria-busy={busy}>
      <h2 className="text-xs font-semibold text-muted">{counted(changes.length, 'change')} between these moments</h2>
      <ul className="panel divide-y divide-separator">
        {changes.map((change) => (
          <li key={change.field} className="flex flex-col gap-1 px-4 py-2.5">
            <p className="flex flex-wrap items-baseline justify-between gap-x-3">
              <span className="font-medium">{fieldWords(change.field)}</span>
              {change.event === null ? null : (
                <span className="text-xs text-muted">
                  <EventLink
                    id={change.event.id}
                    className="text-link hover:underline"
                    otherwise={eventName(change.event.type)}
                  >
                    {eventName(change.event.type)}
                  </EventLink>
                  , <Time at={change.event.time} />
                </span>
              )}
            </p>
            <p className="flex flex-wrap items-baseline gap-2 [overflow-wrap:anywhere]">
              <Side value={change.before} />
              <ArrowRight aria-label="became" size={13} className="shrink-0 self-center text-muted" />
              <Side value={change.after} strong />
            </p>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Side({ value, strong = false }: { value: unknown; strong?: boolean }) {
  if (value === null || value === undefined) return <span className="text-muted">nothing</span>
  const text = typeof value === 'string' ? textWithDates(value) : Array.isArray(value) ? value.join(', ') : shown(value)
  return <span className={strong ? '' : 'text-muted line-through decoration-1'}>{text}</span>
}

/** A field comes with its provenance; the value is what changed. */
function shown(value: unknown): string {
  if (typeof value === 'object' && value !== null && 'value' in value) {
    const inner = value.value
    return Array.isArray(inner) ? inner.join(', ') : String(inner)
  }
  return JSON.stringify(value)
}
