import { useInfiniteQuery } from '@tanstack/react-query'
import { pagedRead } from '../../api/queries.ts'
import { CrmWriteCard } from '../../detail/crm-write-card.tsx'
import { Empty, Loaded } from '../../design/states.tsx'

/** What the CRM was to get of this lead, newest first. */
export function CrmWrites({ leadId }: { leadId: string }) {
  const found = useInfiniteQuery(pagedRead('/v1/crm-writes', { leadId }))
  return (
    <Loaded read={found}>
      {({ pages }) => {
        const writes = pages.flatMap(({ data }) => data)
        if (writes.length === 0) return <Empty title="Nothing was asked of the CRM" />
        return (
          <div className="flex flex-col gap-3">
            {writes.map((write) => (
              <CrmWriteCard key={write.id} write={write} />
            ))}
          </div>
        )
      }}
    </Loaded>
  )
}
