import { Button } from '@heroui/react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { pagedRead } from '../../api/queries.ts'
import { PageHead, ScrollingPage } from '../../design/page.tsx'
import { Empty, Failed, LoadingRows } from '../../design/states.tsx'
import { Status } from '../../design/status.tsx'
import { Time } from '../../design/time.tsx'
import { duration } from '../../words/format.ts'
import { whatIfOutcome } from '../../words/what-ifs.ts'

/** Every what-if there was, and the way to another one. */
export default function WhatIfsPage() {
  return (
    <ScrollingPage name="What-ifs">
      <PageHead
        title="What-ifs"
        actions={
          <Link
            to="/what-ifs/new"
            className="inline-flex h-9 items-center rounded-lg bg-accent px-4 font-medium text-accent-foreground"
          >
            New what-if
          </Link>
        }
      >
        Past bookings and transcripts read another way, or mapped to other CRM fields. Nothing is sent or changed until
        you apply it.
      </PageHead>
      <History />
    </ScrollingPage>
  )
}

function History() {
  const found = useInfiniteQuery(pagedRead('/v1/what-ifs', {}))
  if (found.isPending) return <LoadingRows rows={3} />
  if (found.isError) return <Failed error={found.error} onRetry={() => void found.refetch()} />
  const rows = found.data.pages.flatMap(({ data }) => data)
  if (rows.length === 0) {
    return (
      <Empty title="None so far">
        Try other rules, another model or another field on past leads before it goes live.
      </Empty>
    )
  }
  return (
    <>
      <ul className="panel divide-y divide-separator" aria-label="What-ifs">
        {rows.map((row) => (
          <li
            key={row.id}
            className="relative flex flex-wrap items-start justify-between gap-x-4 gap-y-1 px-4 py-3 hover:bg-surface-secondary"
          >
            <div className="min-w-0">
              <Link
                to="/what-ifs/$id"
                params={{ id: row.kind === 'what-if' ? row.id : (row.about[0] ?? row.id) }}
                className="font-medium [overflow-wrap:anywhere] before:absolute before:inset-0"
              >
                {row.description ?? 'Applied to leads'}
              </Link>
              <p className="text-xs text-muted">
                {row.startedBy}, <Time at={row.startedAt} hint={false} />
                {row.durationMs === null ? '' : `, ${duration(row.durationMs)}`}
              </p>
            </div>
            <div className="flex items-center gap-3">
              <span className="tnum text-xs text-muted">{whatIfOutcome(row.kind, row.result)}</span>
              <Status kind="work" state={row.state} />
            </div>
          </li>
        ))}
      </ul>
      {found.hasNextPage ? (
        <Button size="sm" variant="secondary" className="self-start" onPress={() => void found.fetchNextPage()}>
          Show more
        </Button>
      ) : null}
    </>
  )
}
