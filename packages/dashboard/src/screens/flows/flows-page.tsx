import { Button } from '@heroui/react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Plus, Workflow } from 'lucide-react'
import { useState } from 'react'
import type { RowOf } from '../../api/client.ts'
import { pagedRead } from '../../api/queries.ts'
import { useMe } from '../../api/session.ts'
import { PageHead, ScrollingPage } from '../../design/page.tsx'
import { Empty, Loaded, LoadingRows } from '../../design/states.tsx'
import { Look } from '../../design/status.tsx'
import { Time } from '../../design/time.tsx'
import { may } from '../../words/access.ts'
import { flowLook } from '../../words/flows.ts'
import { NewFlowDialog } from './new-flow-dialog.tsx'

/** What callers go through, and what of it is only drafted. */
export default function FlowsPage() {
  const found = useInfiniteQuery(pagedRead('/v1/flows', {}))
  const mayEdit = may(useMe(), 'commands')
  const [making, setMaking] = useState(false)
  const create = (
    <Button size="sm" variant="primary" onPress={() => setMaking(true)}>
      <Plus aria-hidden size={15} /> New flow
    </Button>
  )
  return (
    <ScrollingPage name="Call flows">
      <PageHead title="Call flows" actions={mayEdit ? create : undefined}>
        What callers go through. Only what is published answers calls.
      </PageHead>
      <Loaded read={found} loading={<LoadingRows rows={4} />}>
        {({ pages }) => {
          const flows = pages.flatMap(({ data }) => data)
          if (flows.length === 0) {
            return (
              <Empty title="No call flow yet" icon={Workflow}>
                {mayEdit
                  ? 'Begin with a template: it is a draft until you publish it.'
                  : 'Who may change things can make one.'}
              </Empty>
            )
          }
          return (
            <>
              <ul aria-label="Call flows" className="panel divide-y divide-separator">
                {flows.map((flow) => (
                  <FlowRow key={flow.id} flow={flow} />
                ))}
              </ul>
              {found.hasNextPage ? (
                <Button size="sm" variant="secondary" className="self-start" onPress={() => void found.fetchNextPage()}>
                  Show more
                </Button>
              ) : null}
            </>
          )
        }}
      </Loaded>
      {making ? <NewFlowDialog onClose={() => setMaking(false)} /> : null}
    </ScrollingPage>
  )
}

function FlowRow({ flow }: { flow: RowOf<'/v1/flows'> }) {
  return (
    <li className="relative flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-3 hover:bg-surface-secondary">
      <div className="min-w-0">
        <Link to="/flows/$id" params={{ id: flow.id }} className="font-medium before:absolute before:inset-0">
          {flow.name}
        </Link>
        <p className="text-xs text-muted">
          {flow.numbers.length === 0 ? 'No number leads here' : `Answers ${flow.numbers.join(', ')}`}. Draft{' '}
          {flow.draft.number} by {flow.draft.savedBy}, <Time at={flow.draft.savedAt} hint={false} />
        </p>
      </div>
      <Look look={flowLook(flow)} />
    </li>
  )
}
