import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, Outlet, useNavigate, useParams } from '@tanstack/react-router'
import { CheckCheck } from 'lucide-react'
import type { AnswerOf } from '../../api/client.ts'
import { plainRead } from '../../api/queries.ts'
import { PageHead } from '../../design/page.tsx'
import { Empty, Loaded, LoadingRows } from '../../design/states.tsx'
import { Time } from '../../design/time.tsx'
import { useRowKeys } from '../../list/row-keys.ts'
import { counted } from '../../words/format.ts'
import { codeName, eventName, handlerName, nameOf } from '../../words/names.ts'

type Group = AnswerOf<'/v1/dead-letters/groups'>['data'][number]
type State = 'open' | 'resolved' | 'discarded'

const VIEWS: readonly { readonly state: State; readonly word: string }[] = [
  { state: 'open', word: 'Need a decision' },
  { state: 'resolved', word: 'Resolved' },
  { state: 'discarded', word: 'Discarded' }
]

const route = getRouteApi('/app/dead-letters')

/** What handlers gave up on, the same failures together. */
export default function DeadLetterGroups() {
  const search = route.useSearch()
  const state = VIEWS.find((view) => view.state === search.state)?.state ?? 'open'
  const openId = useParams({ strict: false }).id
  const found = useQuery(plainRead('/v1/dead-letters/groups', { state }))
  const groups = found.data?.data ?? []
  const navigate = useNavigate()
  const scroller = useRowKeys({
    count: groups.length,
    openIndex: groups.findIndex(({ fingerprint }) => fingerprint === openId)
  })
  return (
    <div className="flex h-full min-h-0">
      <div
        className={`min-w-0 flex-1 flex-col gap-3 p-4 pb-0 lg:p-6 lg:pb-0 ${openId === undefined ? 'flex' : 'hidden lg:flex'}`}
      >
        <PageHead title="Dead letters">What a handler gave up on. The same failures are one row.</PageHead>
        <div role="group" aria-label="Views" className="flex flex-wrap gap-1 py-1">
          {VIEWS.map((view) => (
            <button
              key={view.state}
              type="button"
              aria-pressed={view.state === state}
              onClick={() =>
                void navigate({
                  to: '/dead-letters',
                  search: view.state === 'open' ? {} : { state: view.state },
                  replace: true
                })
              }
              className="h-7 rounded-full px-3 font-medium text-muted hover:bg-default aria-pressed:bg-foreground aria-pressed:text-background"
            >
              {view.word}
            </button>
          ))}
        </div>
        <div className="panel flex min-h-0 flex-1 flex-col overflow-hidden rounded-b-none border-b-0">
          <Loaded read={found} loading={<LoadingRows rows={4} />}>
            {() =>
              groups.length === 0 ? (
                <Empty title={state === 'open' ? 'Nothing waits for a decision' : 'None'} icon={CheckCheck}>
                  {state === 'open' ? 'Every message was handled, or is being tried again by itself.' : undefined}
                </Empty>
              ) : (
                <ul ref={scroller} className="min-h-0 flex-1 overflow-y-auto" aria-label="Kinds of failure">
                  {groups.map((group, index) => (
                    <Row key={group.fingerprint} group={group} index={index} isOpen={group.fingerprint === openId} />
                  ))}
                </ul>
              )
            }
          </Loaded>
        </div>
      </div>
      <Outlet />
    </div>
  )
}

function Row({ group, index, isOpen }: { group: Group; index: number; isOpen: boolean }) {
  return (
    <li
      className={`relative border-b border-separator px-4 py-3 hover:bg-surface-secondary ${isOpen ? 'bg-surface-secondary shadow-[inset_3px_0_0_var(--accent)]' : ''}`}
    >
      <div className="flex items-start gap-4">
        <span className="tnum min-w-10 rounded-lg bg-tone-danger-soft px-2 py-1 text-center text-base font-semibold text-tone-danger">
          {group.count}
        </span>
        <div className="min-w-0 flex-1">
          <p className="font-medium">
            <Link
              to="/dead-letters/$id"
              params={{ id: group.fingerprint }}
              search={true}
              data-row-link={index}
              aria-current={isOpen ? 'true' : undefined}
              className="before:absolute before:inset-0"
            >
              {codeName(group.code, group.service)}
            </Link>
          </p>
          <p className="line-clamp-2 [overflow-wrap:anywhere] text-muted">{group.message}</p>
          <p className="mt-1 text-xs text-muted">
            {nameOf(group.service)}: {handlerName(group.handler)}
            {group.eventType === null ? '' : `, ${eventName(group.eventType)}`}. Oldest{' '}
            <Time at={group.firstAt} hint={false} />, newest <Time at={group.lastAt} hint={false} />
            {group.retries === 0 ? '' : `, ${counted(group.retries, 'retry', 'retries')}`}
          </p>
        </div>
      </div>
    </li>
  )
}
