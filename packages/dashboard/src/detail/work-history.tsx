import { Button } from '@heroui/react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { pagedRead } from '../api/queries.ts'
import type { Work } from '../api/start-work.ts'
import { Loaded, LoadingRows } from '../design/states.tsx'
import { Status } from '../design/status.tsx'
import { Time } from '../design/time.tsx'
import { duration } from '../words/format.ts'

/** What a line of the history says beside who started it, when, and how it stands. */
export interface WorkLine {
  readonly title: ReactNode
  readonly to: '/rebuilds/$id' | '/what-ifs/$id'
  /** Whose page tells of it. */
  readonly id: string
  readonly about?: string
  readonly outcome: string
}

/** Everything of a kind that was started, newest first. */
export function WorkHistory(props: {
  path: '/v1/rebuilds' | '/v1/what-ifs'
  label: string
  empty: ReactNode
  lineOf: (work: Work) => WorkLine
}) {
  const found = useInfiniteQuery(pagedRead(props.path, {}))
  return (
    <Loaded read={found} loading={<LoadingRows rows={3} />}>
      {({ pages }) => {
        const works = pages.flatMap(({ data }) => data)
        if (works.length === 0) return props.empty
        return (
          <div className="flex flex-col gap-3">
            <ul className="panel divide-y divide-separator" aria-label={props.label}>
              {works.map((work) => (
                <Line key={work.id} work={work} line={props.lineOf(work)} />
              ))}
            </ul>
            {found.hasNextPage ? (
              <Button size="sm" variant="secondary" className="self-start" onPress={() => void found.fetchNextPage()}>
                Show more
              </Button>
            ) : null}
          </div>
        )
      }}
    </Loaded>
  )
}

function Line({ work, line: { title, to, id, about, outcome } }: { work: Work; line: WorkLine }) {
  return (
    <li className="relative flex flex-wrap items-start justify-between gap-x-4 gap-y-1 px-4 py-3 hover:bg-surface-secondary">
      <div className="min-w-0">
        <Link to={to} params={{ id }} className="font-medium [overflow-wrap:anywhere] before:absolute before:inset-0">
          {title}
        </Link>
        <p className="text-xs text-muted">
          {about === undefined ? '' : `${about}. `}
          {work.startedBy}, <Time at={work.startedAt} hint={false} />
          {work.durationMs === null ? '' : `, ${duration(work.durationMs)}`}
        </p>
      </div>
      <div className="flex items-center gap-3">
        <span className="tnum text-xs text-muted">{outcome}</span>
        <Status kind="work" state={work.state} />
      </div>
    </li>
  )
}
