import { Link } from '@tanstack/react-router'
import type { AnswerOf } from '../../api/client.ts'
import { Status } from '../../design/status.tsx'
import { thousands } from '../../words/format.ts'

/** Leads by status: bars that lead to the rows, zeros included. */
export function Funnel({ leads }: { leads: AnswerOf<'/v1/overview'>['leads'] }) {
  const most = Math.max(1, ...leads.statuses.map(({ count }) => count))
  return (
    <ul className="panel flex flex-col p-2">
      {leads.statuses.map(({ status, count }) => (
        <li key={status}>
          <Link
            to="/leads"
            search={{ status }}
            className="grid grid-cols-[8.5rem_minmax(0,1fr)_2.5rem] items-center gap-3 rounded-lg px-2 py-[0.6rem] hover:bg-surface-secondary"
          >
            <span>
              <Status kind="lead" state={status} />
            </span>
            <span aria-hidden className="h-2 overflow-hidden rounded-full bg-surface-tertiary">
              <span
                className="block h-full rounded-full bg-accent"
                style={{ width: `${String((count / most) * 100)}%` }}
              />
            </span>
            <span className="tnum text-right font-medium">{thousands(count)}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}
