import { useInfiniteQuery } from '@tanstack/react-query'
import type { AnswerOf } from '../../api/client.ts'
import { Section } from '../../design/page.tsx'
import { Time } from '../../design/time.tsx'
import { EventLink } from '../../detail/event-link.tsx'
import { textWithDates } from '../../words/timeline.ts'
import { timelineRead } from '../lead/timeline-read.ts'

type Meeting = AnswerOf<'/v1/meetings/{id}'>

/** A lead has so many meetings and notes that this holds what is about one of them. */
const ROWS = 200

/** What was noted in the meeting, and what happened to it, each back to the webhook or command that it came from. */
export function MeetingHistory({ meeting, leadId }: { meeting: Meeting; leadId: string }) {
  const meetings = useInfiniteQuery(timelineRead(leadId, { kind: 'meeting' }, ROWS))
  const notes = useInfiniteQuery(timelineRead(leadId, { kind: 'note' }, ROWS))
  const ids = [meeting.id, ...meeting.mergedMeetingIds]
  const ofIt = (read: typeof meetings) =>
    (read.data?.pages.flatMap(({ data }) => data) ?? []).filter(({ meetingId }) => ids.includes(meetingId ?? ''))
  const [taken, happened] = [ofIt(notes), ofIt(meetings)]
  return (
    <>
      {taken.length === 0 ? null : (
        <Section title="Notes">
          <ul className="flex flex-col gap-2">
            {taken.map((note) => (
              <li key={note.eventId} className="rounded-lg border border-border px-3 py-2">
                <p className="whitespace-pre-wrap [overflow-wrap:anywhere]">{note.detail}</p>
                <p className="mt-1 text-xs text-muted">
                  <Time at={note.at} />
                </p>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {happened.length === 0 ? null : (
        <Section title="What happened">
          <ol className="flex flex-col gap-1.5">
            {happened.map((entry) => (
              <li key={entry.eventId} className="flex items-baseline justify-between gap-3">
                <span className="min-w-0 [overflow-wrap:anywhere]">
                  {textWithDates(entry.title)}
                  {entry.detail === null ? null : (
                    <span className="text-xs text-muted"> {textWithDates(entry.detail)}</span>
                  )}
                </span>
                <span className="flex shrink-0 items-baseline gap-2 text-xs text-muted">
                  <Time at={entry.at} />
                  <EventLink id={entry.eventId} className="text-link hover:underline">
                    Follow it back
                  </EventLink>
                </span>
              </li>
            ))}
          </ol>
        </Section>
      )}
    </>
  )
}
