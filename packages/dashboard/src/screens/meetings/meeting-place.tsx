import { Link } from '@tanstack/react-router'
import { ExternalLink } from 'lucide-react'
import type { AnswerOf } from '../../api/client.ts'
import { CopyButton } from '../../design/copy-button.tsx'
import { Fact, Facts, Section } from '../../design/page.tsx'
import { Status } from '../../design/status.tsx'
import { Time } from '../../design/time.tsx'
import { useMayOpen } from '../../shell/allowed-screens.ts'
import { appointment, counted } from '../../words/format.ts'
import { lacksPermission, roomWords, whenWords } from '../../words/meetings.ts'
import { nameOf, sentence } from '../../words/names.ts'

type Meeting = AnswerOf<'/v1/meetings/{id}'>

/** Where the meeting is, and what is in the way where it has no place. */
export function MeetingPlace({ meeting }: { meeting: Meeting }) {
  const { room, joinUrl, platform } = meeting
  const mayOpen = useMayOpen()
  if (room === null && joinUrl === null && platform === null && meeting.status !== 'booked') return null
  return (
    <Section title="Room" aside={room === null ? null : <Status kind="room" state={room.state} />}>
      <div className="flex flex-col gap-3">
        {room?.failure == null ? null : (
          <div role="alert" className="rounded-lg bg-tone-danger-soft px-3 py-2 text-tone-danger">
            <p className="font-medium">{roomWords(room)}</p>
            <p className="[overflow-wrap:anywhere]">{room.failure.detail}</p>
            <p className="mt-1 text-xs">
              {sentence(room.failure.reason)}, <Time at={room.failure.failedAt} />
              {room.failure.retryAt === null ? '' : `; it is tried again ${appointment(room.failure.retryAt)}`}
            </p>
            {lacksPermission(room) && mayOpen('/settings/integrations') ? (
              <Link to="/settings/integrations" className="mt-1.5 inline-block font-medium underline">
                Zoom and its hosts, under Integrations
              </Link>
            ) : null}
          </div>
        )}
        {joinUrl === null ? (
          <p className="text-muted">
            {room?.state === 'closed' ? 'The room is closed.' : 'Nobody knows yet where to meet.'}
          </p>
        ) : (
          <div className="flex flex-wrap items-center gap-2">
            <a
              href={joinUrl}
              target="_blank"
              rel="noreferrer"
              className="min-w-0 font-medium text-link [overflow-wrap:anywhere] hover:underline"
            >
              {joinUrl} <ExternalLink aria-hidden size={12} className="inline" />
            </a>
            <CopyButton text={joinUrl} what="Link" />
          </div>
        )}
        {room === null ? null : (
          <Facts>
            {room.failure === null ? <Fact name="State">{roomWords(room)}</Fact> : null}
            <Fact name="Since">
              <Time at={room.changedAt} />
            </Fact>
            {room.platformMeetingId === null ? null : <Fact name="Number">{room.platformMeetingId}</Fact>}
            {room.hostEmail === null ? null : <Fact name="In the Zoom of">{room.hostEmail}</Fact>}
            {room.closedBecause === null || room.state !== 'closed' ? null : (
              <Fact name="Because">{sentence(room.closedBecause)}</Fact>
            )}
          </Facts>
        )}
        {room === null && joinUrl !== null && platform !== null ? (
          <p className="text-xs text-muted">{nameOf(platform)}; the link came with the booking.</p>
        ) : null}
      </div>
    </Section>
  )
}

/** Mails with a file for calendars that went out, the newest first. */
export function MeetingInvitations({ invitations }: { invitations: Meeting['invitations'] }) {
  if (invitations.length === 0) return null
  return (
    <Section title="Invitations">
      <ol className="flex flex-col gap-2">
        {[...invitations].reverse().map((mail) => (
          <li
            key={`${mail.method} ${String(mail.sequence)}`}
            className="flex flex-wrap items-baseline justify-between gap-x-3 rounded-lg border border-border px-3 py-2"
          >
            <span>
              {mail.method === 'CANCEL'
                ? 'Cancellation'
                : mail.sequence === 0
                  ? 'Invitation'
                  : `Change ${String(mail.sequence)}`}
              <span className="text-muted">
                {' '}
                for {whenWords(mail.startsAt, mail.endsAt)}
                {mail.hasLink || mail.method === 'CANCEL' ? '' : ', without a link'}
              </span>
            </span>
            <span className="text-xs text-muted">
              to {counted(mail.recipients, 'person', 'people')}, <Time at={mail.mailedAt} />
            </span>
          </li>
        ))}
      </ol>
    </Section>
  )
}
