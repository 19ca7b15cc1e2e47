import type { AnswerOf } from '../../api/client.ts'
import { Section } from '../../design/page.tsx'
import { Status } from '../../design/status.tsx'
import { timeOfDay } from '../../words/format.ts'
import { attendanceWords, sideWords, stayWords, whenWords } from '../../words/meetings.ts'

type Meeting = AnswerOf<'/v1/meetings/{id}'>
type Participant = Meeting['instances'][number]['participants'][number]

/** Whether they came, why that is said, and who was there when. */
export function MeetingAttendance({ meeting }: { meeting: Meeting }) {
  const { attendance, instances, changedAtZoom } = meeting
  if (attendance.verdict === 'unknown' && instances.length === 0 && changedAtZoom === null) return null
  const { title, why } = attendanceWords(attendance)
  return (
    <Section title="Attendance" aside={<Status kind="attendance" state={attendance.verdict} />}>
      <div className="flex flex-col gap-3">
        {changedAtZoom === null ? null : (
          <p className="rounded-lg bg-tone-warning-soft px-3 py-2 text-tone-warning">
            {changedAtZoom.change === 'deleted'
              ? 'Somebody deleted it in Zoom itself.'
              : `Somebody moved it in Zoom itself${changedAtZoom.startsAt === null ? '' : `, to ${whenWords(changedAtZoom.startsAt, null)}`}.`}{' '}
            The booking is as it was: the customer was told nothing.
          </p>
        )}
        <p>
          {title}
          {why === null ? '.' : <span className="text-muted">: {why}</span>}
        </p>
        {instances.map((instance) => (
          <div key={instance.uuid} className="rounded-lg border border-border px-3 py-2">
            <p className="text-xs text-muted">
              {instance.startedAt === null ? 'Start not told' : whenWords(instance.startedAt, instance.endedAt)}
              {instance.endedAt === null ? ', not ended yet' : ''}
            </p>
            {instance.participants.length === 0 ? (
              <p className="mt-1 text-muted">Nobody was told of.</p>
            ) : (
              <ul className="mt-1.5 flex flex-col gap-1">
                {instance.participants.map((person, index) => (
                  <li
                    key={`${person.joinedAt ?? ''} ${String(index)}`}
                    className="flex flex-wrap items-baseline justify-between gap-x-3"
                  >
                    <span className="min-w-0 [overflow-wrap:anywhere]">
                      {person.name ?? person.email ?? 'Without a name'}
                      <span className="text-xs text-muted"> {sideWords(person.side)}</span>
                    </span>
                    <span className="tnum text-xs text-muted">
                      <Stay person={person} />
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </div>
        ))}
      </div>
    </Section>
  )
}

function Stay({ person: { joinedAt, leftAt } }: { person: Participant }) {
  const stay = stayWords(joinedAt, leftAt)
  return (
    <>
      {joinedAt === null ? '' : `from ${timeOfDay(joinedAt)}`}
      {leftAt === null ? '' : ` to ${timeOfDay(leftAt)}`}
      {stay === null ? '' : `, ${stay}`}
    </>
  )
}
