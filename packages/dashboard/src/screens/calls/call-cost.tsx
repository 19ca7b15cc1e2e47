import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { plainRead } from '../../api/queries.ts'
import { kindWord, money, spanOfUse } from '../../words/spend.ts'

/** What a call cost, all that it led to: being connected, its recording, what was written down and read. */
export function CallCost({ callId, startedAt }: { callId: string; startedAt: string }) {
  const span = spanOfUse(startedAt)
  const { data } = useQuery(plainRead('/v1/spend', { ...span, groupBy: 'kind', callId }))
  if (data === undefined) return <span className="text-muted">…</span>
  if (data.data.length === 0) return <span className="text-muted">Not told yet</span>
  return (
    <ul className="flex flex-col gap-0.5">
      {data.data.map(({ currency, amountMicros, groups }) => (
        <li key={currency}>
          <Link
            to="/spend/entries"
            search={{ ...span, callId, currency }}
            className="tnum font-medium text-link hover:underline"
          >
            {money(amountMicros, currency)}
          </Link>
          {groups.length < 2 ? null : (
            <span className="text-muted">
              {' '}
              {groups
                .map((group) => `${kindWord(group.key ?? '')} ${money(group.amountMicros, currency)}`.toLowerCase())
                .join(', ')}
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}
