import { Status } from '@leadlog/dashboard/design/status.tsx'
import { Empty, Loaded } from '@leadlog/dashboard/design/states.tsx'
import { timeOfDay } from '@leadlog/dashboard/words/format.ts'
import { useQuery } from '@tanstack/react-query'
import { CalendarDays, ChevronRight } from 'lucide-react'
import { meetingsRead } from '../api/panel.ts'

/** The meetings of the day, where nothing told which of them goes on. */
export function ChooseMeeting({ inMeeting, onChoose }: { inMeeting: boolean; onChoose: (id: string) => void }) {
  const meetings = useQuery(meetingsRead)
  return (
    <main className="flex min-h-dvh flex-col gap-4 p-4">
      <header>
        <h1 className="text-base font-semibold tracking-tight">Which meeting is it?</h1>
        <p className="mt-0.5 text-muted">
          {inMeeting ? 'Leadlog does not know this one by itself. ' : ''}These are yours of today.
        </p>
      </header>
      <Loaded read={meetings}>
        {(list) =>
          list.length === 0 ? (
            <Empty title="No meetings today" icon={CalendarDays}>
              Meetings that you host stand here on their day.
            </Empty>
          ) : (
            <ul className="panel divide-y divide-separator overflow-hidden">
              {list.map(({ id, title, startsAt, customer, status }) => (
                <li key={id}>
                  <button
                    type="button"
                    onClick={() => onChoose(id)}
                    className="flex w-full items-center gap-3 px-3 py-2.5 text-left hover:bg-surface-secondary"
                  >
                    <span className="tnum w-11 shrink-0 font-medium">
                      {startsAt === null ? '' : timeOfDay(startsAt)}
                    </span>
                    <span className="min-w-0 flex-1">
                      <span className="block truncate font-medium">
                        {customer.name ?? customer.email ?? 'Somebody'}
                      </span>
                      <span className="block truncate text-muted">{title ?? 'Meeting'}</span>
                    </span>
                    {status === 'booked' ? null : <Status kind="meeting" state={status} />}
                    <ChevronRight aria-hidden size={14} className="shrink-0 text-muted" />
                  </button>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </main>
  )
}
