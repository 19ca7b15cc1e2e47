import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useRouterState } from '@tanstack/react-router'
import { ExternalLink } from 'lucide-react'
import type { AnswerOf } from '../../api/client.ts'
import { readOfOne } from '../../api/queries.ts'
import { DetailPanel } from '../../detail/detail-panel.tsx'
import { Id } from '../../design/id.tsx'
import { Fact, Facts, Section } from '../../design/page.tsx'
import { Loaded } from '../../design/states.tsx'
import { Status } from '../../design/status.tsx'
import { Time } from '../../design/time.tsx'
import { EventLink } from '../../detail/event-link.tsx'
import { appointment, percent } from '../../words/format.ts'
import { nameOf, sentence } from '../../words/names.ts'
import { shownMeetingState } from '../../words/calendar.ts'
import { whenWords } from '../../words/meetings.ts'
import { Meddic } from './meddic.tsx'
import { MeetingActions } from './meeting-actions.tsx'
import { MeetingAttendance } from './meeting-attendance.tsx'
import { MeetingHistory } from './meeting-history.tsx'
import { MeetingInvitations, MeetingPlace } from './meeting-place.tsx'
import { MeetingRecordings } from './meeting-recordings.tsx'

type Meeting = AnswerOf<'/v1/meetings/{id}'>

/** One meeting: its times, how well it was heard, and what was said about the deal. */
export default function MeetingDetail() {
  const { id = '' } = useParams({ strict: false })
  // Beside the list of meetings, or beside the calendar.
  const back = useRouterState({ select: ({ location }) => location.pathname.split('/').slice(0, -1).join('/') })
  const found = useQuery(readOfOne('/v1/meetings/{id}', id))
  return (
    <DetailPanel title={found.data?.title ?? 'Meeting'} kicker="Meeting" back={back}>
      <Loaded read={found}>{(meeting) => <Body meeting={meeting} />}</Loaded>
    </DetailPanel>
  )
}

function Body({ meeting }: { meeting: Meeting }) {
  return (
    <>
      <Facts>
        <Fact name="Status">
          <Status kind="meeting" state={shownMeetingState(meeting)} />
        </Fact>
        <Fact name="With">
          {meeting.leadId === null ? (
            (meeting.customer.name ??
            meeting.customer.email ?? <span className="text-muted">Nobody that is known</span>)
          ) : (
            <Link to="/leads/$id" params={{ id: meeting.leadId }} className="font-medium text-link hover:underline">
              {meeting.customer.name ?? meeting.customer.email ?? 'Open the lead'}
            </Link>
          )}
        </Fact>
        {meeting.host.name === null && meeting.host.email === null ? null : (
          <Fact name="Host">
            {meeting.host.name ?? meeting.host.email}
            {meeting.host.name === null || meeting.host.email === null ? null : (
              <span className="block text-xs text-muted">{meeting.host.email}</span>
            )}
          </Fact>
        )}
        <Fact name="When">{meeting.startsAt === null ? 'Not known' : whenWords(meeting.startsAt, meeting.endsAt)}</Fact>
        {meeting.reschedules === 0 ? null : (
          <Fact name="Moved">{meeting.reschedules === 1 ? 'once' : `${String(meeting.reschedules)} times`}</Fact>
        )}
        {meeting.platform === null ? null : <Fact name="Where">{nameOf(meeting.platform)}</Fact>}
        {meeting.reportUrl === null ? null : (
          <Fact name="Report">
            <a
              href={meeting.reportUrl}
              target="_blank"
              rel="noreferrer"
              className="inline-flex items-center gap-1 font-medium text-link hover:underline"
            >
              Open at the notetaker <ExternalLink aria-hidden size={12} />
            </a>
          </Fact>
        )}
        <Fact name="ID">
          <Id id={meeting.id} />
        </Fact>
      </Facts>
      <MeetingActions meeting={meeting} />
      <MeetingPlace meeting={meeting} />
      <MeetingInvitations invitations={meeting.invitations} />
      <MeetingAttendance meeting={meeting} />
      <MeetingRecordings meeting={meeting} />
      <TranscriptQuality meeting={meeting} />
      <Qualification meeting={meeting} />
      {meeting.leadId === null ? null : <MeetingHistory meeting={meeting} leadId={meeting.leadId} />}
      <Section title="Bookings">
        {meeting.bookings.length === 0 ? <p className="text-muted">It was not booked in a calendar.</p> : null}
        <ol className="flex flex-col gap-2">
          {meeting.bookings.map((booking) => (
            <li
              key={booking.uri}
              className="flex flex-wrap items-baseline justify-between gap-2 rounded-lg border border-border px-3 py-2"
            >
              <span>{booking.startsAt === null ? 'Time not known' : appointment(booking.startsAt)}</span>
              <span className="text-xs text-muted">
                {sentence(booking.state)}
                {booking.cancelReason === null ? '' : `: ${booking.cancelReason}`}
              </span>
            </li>
          ))}
        </ol>
      </Section>
      {meeting.sessions.length === 0 ? null : (
        <Section title="Sessions that were recorded">
          <ol className="flex flex-col gap-2">
            {meeting.sessions.map((session) => (
              <li
                key={session.id}
                className="flex flex-wrap items-baseline justify-between gap-2 rounded-lg border border-border px-3 py-2"
              >
                <span className="min-w-0">{session.title}</span>
                <span className="text-xs text-muted">
                  <Time at={session.startedAt} />, {Math.round(session.durationMinutes)} min, {session.participants}{' '}
                  people
                </span>
              </li>
            ))}
          </ol>
        </Section>
      )}
    </>
  )
}

function TranscriptQuality({ meeting }: { meeting: Meeting }) {
  const { transcript } = meeting
  if (transcript === null) return null
  const covered = Math.round(transcript.coverage * 100)
  return (
    <Section title="Transcript" aside={<Status kind="transcript" state={transcript.verdict} />}>
      <div
        role="meter"
        aria-label="Part of the meeting that the transcript covers"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={covered}
        className="h-2 overflow-hidden rounded-full bg-default"
      >
        <div className="h-full rounded-full bg-accent" style={{ width: `${String(covered)}%` }} />
      </div>
      <p className="mt-1.5 text-xs text-muted">
        Covers {covered} % of the meeting
        {transcript.flags.length === 0 ? '.' : `. ${transcript.flags.map((flag) => sentence(flag)).join(', ')}.`}
      </p>
    </Section>
  )
}

function Qualification({ meeting }: { meeting: Meeting }) {
  const { qualification, meddic } = meeting
  if (meddic === null) return null
  return (
    <Section title="MEDDIC" aside={<Meddic filled={meddic.filled} total={meddic.total} />}>
      {meddic.rejectedBecause === null ? null : (
        <p className="text-muted">Nothing usable was read: {sentence(meddic.rejectedBecause)}.</p>
      )}
      {qualification === null ? null : (
        <dl className="panel divide-y divide-separator">
          {Object.entries(qualification.parts).map(([name, text]) => (
            <div key={name} className="px-4 py-2.5">
              <dt className="text-xs text-muted">{sentence(name)}</dt>
              <dd className="[overflow-wrap:anywhere]">{text}</dd>
              {qualification.evidence[name] === undefined || qualification.evidence[name] === text ? null : (
                <dd className="mt-1 border-l-2 border-border pl-2 text-xs text-muted italic [overflow-wrap:anywhere]">
                  “{qualification.evidence[name]}”
                </dd>
              )}
            </div>
          ))}
        </dl>
      )}
      {qualification === null ? null : (
        <p className="mt-1.5 text-xs text-muted">
          Read by {nameOf(qualification.provider ?? 'rules')}
          {qualification.confidence === null ? '' : `, ${percent(qualification.confidence)} sure`}.{' '}
          <EventLink id={qualification.eventId} className="text-link hover:underline">
            Follow it back
          </EventLink>
        </p>
      )}
    </Section>
  )
}
