import { Link } from '@tanstack/react-router'
import { useMe } from '../../api/session.ts'
import type { Work } from '../../api/start-work.ts'
import { PageHead, ScrollingPage } from '../../design/page.tsx'
import { Empty } from '../../design/states.tsx'
import { WorkHistory, type WorkLine } from '../../detail/work-history.tsx'
import { may } from '../../words/access.ts'
import { whatIfOutcome } from '../../words/what-ifs.ts'

/** Every what-if there was, and the way to another one. */
export default function WhatIfsPage() {
  return (
    <ScrollingPage name="What-ifs">
      <PageHead
        title="What-ifs"
        actions={
          may(useMe(), 'commands') ? (
            <Link
              to="/what-ifs/new"
              className="inline-flex h-9 items-center rounded-lg bg-accent px-4 font-medium text-accent-foreground"
            >
              New what-if
            </Link>
          ) : undefined
        }
      >
        Past bookings and transcripts read another way, or mapped to other CRM fields. Nothing is sent or changed until
        you apply it.
      </PageHead>
      <WorkHistory
        path="/v1/what-ifs"
        label="What-ifs"
        empty={
          <Empty title="None so far">
            Try other rules, another model or another field on past leads before it goes live.
          </Empty>
        }
        lineOf={lineOf}
      />
    </ScrollingPage>
  )
}

function lineOf({ id, kind, description, about, result }: Work): WorkLine {
  return {
    title: description ?? 'Applied to leads',
    to: '/what-ifs/$id',
    id: kind === 'what-if' ? id : (about[0] ?? id),
    outcome: whatIfOutcome(kind, result)
  }
}
