import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { PhoneIncoming, PhoneOutgoing } from 'lucide-react'
import type { RowOf } from '../../api/client.ts'
import { plainRead } from '../../api/queries.ts'
import { useMe } from '../../api/session.ts'
import { PageHead, ScrollingPage, Section } from '../../design/page.tsx'
import { Empty, Loaded, LoadingRows } from '../../design/states.tsx'
import { Status } from '../../design/status.tsx'
import { Ticking, useSecond } from '../../design/ticking.tsx'
import { Time } from '../../design/time.tsx'
import { seesOwnOnly } from '../../words/access.ts'
import { clock, otherEnd, queuesOf, shownState, whereItIs } from '../../words/calls.ts'
import { counted } from '../../words/format.ts'
import { transferWords } from '../../words/transfers.ts'
import { Conferences } from './conferences.tsx'
import { Transfer } from './transfer.tsx'

type Call = RowOf<'/v1/calls'>

const MOST_LIVE = 200
const RECENT = 15

/** Who is on the phone right now, who waits, and what has just ended. */
export default function LiveCalls() {
  const own = seesOwnOnly(useMe())
  const live = useQuery(plainRead('/v1/calls', { live: 'true', sort: 'startedAt', expand: 'lead', limit: MOST_LIVE }))
  const recent = useQuery(plainRead('/v1/calls', { live: 'false', expand: 'lead', limit: RECENT }))
  return (
    <ScrollingPage name="Live calls">
      <PageHead
        title="Live calls"
        actions={
          <Link to="/calls" className="font-medium text-link hover:underline">
            All calls
          </Link>
        }
      >
        {own ? 'Who of your leads is on the phone now.' : 'Who is on the phone now, and who waits.'}
      </PageHead>
      <Loaded read={live} loading={<LoadingRows rows={4} />}>
        {({ data, nextCursor }) => (
          <>
            <Queues calls={data} />
            <Conferences calls={data} />
            <Section title={`${counted(data.length, 'call')}${nextCursor === null ? '' : ' and more'} now`}>
              {data.length === 0 ? (
                <div className="panel">
                  <Empty title="Nobody is on the phone" icon={PhoneIncoming}>
                    Calls show here as soon as they come in.
                  </Empty>
                </div>
              ) : (
                <ul className="panel divide-y divide-separator" aria-label="Live calls">
                  {data.map((call) => (
                    <LiveRow key={call.id} call={call} />
                  ))}
                </ul>
              )}
            </Section>
          </>
        )}
      </Loaded>
      <Section title="Just ended">
        <Loaded read={recent} loading={<LoadingRows rows={4} />}>
          {({ data }) =>
            data.length === 0 ? (
              <p className="text-muted">No call has ended yet.</p>
            ) : (
              <ul className="panel divide-y divide-separator" aria-label="Calls that have just ended">
                {data.map((call) => (
                  <EndedRow key={call.id} call={call} />
                ))}
              </ul>
            )
          }
        </Loaded>
      </Section>
    </ScrollingPage>
  )
}

/** Space is in proportion to trouble: nobody waiting is one quiet line. */
function Queues({ calls }: { calls: readonly Call[] }) {
  const queues = queuesOf(calls)
  if (queues.length === 0) return <p className="text-muted">Nobody waits in a queue.</p>
  return (
    <Section title="Waiting">
      <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3" aria-label="Queues">
        {queues.map(({ queue, waiting, oldest }) => (
          <li key={queue} className="panel flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 p-4">
            <span className="min-w-0 truncate font-medium">{queue}</span>
            <span className="flex items-baseline gap-4 whitespace-nowrap">
              <span>
                <span className="tnum text-xl font-semibold">{waiting}</span>{' '}
                <span className="text-xs text-muted">waiting</span>
              </span>
              <span>
                <span className="font-medium">
                  <Ticking since={oldest} />
                </span>{' '}
                <span className="text-xs text-muted">longest wait</span>
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

const ROW = 'grid grid-cols-[1fr_auto] items-center gap-x-4 gap-y-1 px-4 py-2.5 hover:bg-default/50'

function LiveRow({ call }: { call: Call }) {
  const state = shownState(call, useSecond())
  const handed = call.transfer === null ? null : transferWords(call.transfer)
  return (
    <li className={`${ROW} lg:grid-cols-[minmax(10rem,1.2fr)_minmax(10rem,1.5fr)_7rem_5rem]`}>
      <Who call={call} />
      <span className="col-start-1 row-start-2 min-w-0 truncate text-muted lg:col-start-auto lg:row-start-auto">
        {handed ?? whereItIs(call)}
        {handed === null && call.flow?.name ? <span className="text-xs"> in {call.flow.name}</span> : null}
      </span>
      <span className="justify-self-end lg:justify-self-start">
        <Status kind="call" state={state} />
      </span>
      <span className="justify-self-end font-medium">
        <span className="sr-only">Since </span>
        <Ticking since={call.startedAt} />
      </span>
      <span className="col-span-full empty:hidden">
        <Transfer call={call} who={otherEnd(call, call.expanded?.lead ?? null)} />
      </span>
      {state === 'stuck' ? (
        <p className="col-span-full text-xs text-muted">
          Nothing was heard of it since <Time at={call.lastHeardAt} />. Twilio’s word of its end may be lost.
        </p>
      ) : null}
    </li>
  )
}

function EndedRow({ call }: { call: Call }) {
  return (
    <li className={`${ROW} lg:grid-cols-[minmax(10rem,1.2fr)_minmax(10rem,1.5fr)_7rem_5rem]`}>
      <Who call={call} />
      <span className="col-start-1 row-start-2 text-muted lg:col-start-auto lg:row-start-auto">
        <Time at={call.endedAt ?? call.lastHeardAt} />
        {call.recordingCount === 0 ? null : <span>, {counted(call.recordingCount, 'recording')}</span>}
      </span>
      <span className="justify-self-end lg:justify-self-start">
        <Status kind="call" state={call.status} />
      </span>
      <span className="tnum justify-self-end text-muted">
        {call.durationSeconds === null ? '' : clock(call.durationSeconds)}
      </span>
    </li>
  )
}

function Who({ call }: { call: Call }) {
  const lead = call.expanded?.lead ?? null
  const Icon = call.direction === 'inbound' ? PhoneIncoming : PhoneOutgoing
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Icon
        aria-label={call.direction === 'inbound' ? 'They called' : 'We called'}
        size={14}
        className="shrink-0 text-muted"
      />
      <Link to="/calls/$id" params={{ id: call.id }} className="min-w-0 truncate font-medium hover:underline">
        {otherEnd(call, lead)}
      </Link>
      {lead === null || call.number === null ? null : (
        <span className="tnum truncate text-xs text-muted">{call.number}</span>
      )}
    </span>
  )
}
