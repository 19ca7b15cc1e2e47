import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { plainRead } from '../../api/queries.ts'
import { Status } from '../../design/status.tsx'
import { appointment } from '../../words/format.ts'

/** More meetings than this are behind the link to all of them. */
const SHOWN = 5

export function LeadMeetings({ leadId }: { leadId: string }) {
  const found = useQuery(plainRead('/v1/meetings', { leadId, limit: SHOWN }))
  if (found.data === undefined) return <p className="text-muted">{found.isError ? found.error.message : 'Loading'}</p>
  if (found.data.data.length === 0) return <p className="text-muted">None so far</p>
  return (
    <ul className="flex flex-col gap-2">
      {found.data.data.map((meeting) => (
        <li key={meeting.id} className="flex items-start justify-between gap-2">
          <Link to="/meetings/$id" params={{ id: meeting.id }} className="min-w-0 hover:underline">
            <span className="block truncate">{meeting.title ?? 'Meeting'}</span>
            <span className="tnum block text-xs text-muted">
              {meeting.startsAt === null ? 'Time not known' : appointment(meeting.startsAt)}
            </span>
          </Link>
          <Status kind="meeting" state={meeting.status} />
        </li>
      ))}
    </ul>
  )
}
