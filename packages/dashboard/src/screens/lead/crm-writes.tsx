import { useInfiniteQuery } from '@tanstack/react-query'
import { pagedRead } from '../../api/queries.ts'
import { CrmWriteCard } from '../../detail/crm-write-card.tsx'
import { Empty, Failed, LoadingBlock } from '../../design/states.tsx'

/** What the CRM was to get of this lead, newest first. */
export function CrmWrites({ leadId }: { leadId: string }) {
  const found = useInfiniteQuery(pagedRead('/v1/crm-writes', { leadId }))
  if (found.isPending) return <LoadingBlock />
  if (found.isError) return <Failed error={found.error} onRetry={() => void found.refetch()} />
  const writes = found.data.pages.flatMap(({ data }) => data)
  if (writes.length === 0) return <Empty title="Nothing was asked of the CRM" />
  return (
    <div className="flex flex-col gap-3">
      {writes.map((write) => (
        <CrmWriteCard key={write.id} write={write} />
      ))}
    </div>
  )
}
