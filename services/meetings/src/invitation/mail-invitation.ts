import {
  ERASED_TEXT,
  MeetingInvitationMailed,
  newEvent,
  PermanentError,
  TransientError,
  type NewEvent
} from '@leadlog/contracts'
import type { Mailer } from '@leadlog/mail'
import { requestDigest, type EffectLedger } from '@leadlog/outbound'
import type { HandlerContext } from '@leadlog/service'
import type { LoadedMeeting } from '../meeting/load-meeting.ts'
import { wholeHistory, type Meeting } from '../meeting/meeting.ts'
import { calendarFile, calendarUid } from './calendar-file.ts'
import { wordingOf } from './invitation-wording.ts'
import { calledOff, recipientsOf, revisionsOf, type Revision } from './revisions.ts'

/** What mailing invitations needs. */
export interface InvitationDeps {
  /** Null without a mail server. */
  readonly mailer: Mailer | null
  /** Address that mail comes from. */
  readonly mailFrom: string
  readonly effects: EffectLedger
  /** Stands for an address in keys. */
  readonly personId: (email: string) => string
  /** Nothing is mailed; that is logged. */
  readonly dryRun: boolean
}

/** A mail that is due. */
export interface DueInvitation {
  /** Of the meeting that the calendars know it by. */
  readonly meetingId: string
  readonly revision: Revision
}

/**
 * The mails that are due: the newest state of the meeting's invitation, and that a meeting is off which turned out to be this one. States that were overtaken are left out. Pure.
 *
 * @param isBegun whether a mail of this meeting was ever begun; whoever was never invited is not told that it is off
 */
export function dueInvitations(
  { meetingId, meeting, own, absorbed }: LoadedMeeting,
  { now, isBegun }: { now: Date; isBegun: (meetingId: string) => boolean }
): DueInvitation[] {
  const due: DueInvitation[] = []
  const last = revisionsOf(wholeHistory(own, absorbed)).at(-1)
  if (last !== undefined && !isMailed(meeting, meetingId, last.sequence)) {
    const { content } = last
    const isDue = content.isCanceled ? isBegun(meetingId) : Date.parse(content.endsAt) > now.getTime()
    if (isDue && content.customer.email !== ERASED_TEXT) due.push({ meetingId, revision: last })
  }
  for (const [otherId, history] of absorbed) {
    const revisions = revisionsOf(wholeHistory(history, absorbed))
    const newest = revisions.at(-1)
    if (newest === undefined || newest.content.isCanceled || !isBegun(otherId)) continue
    const revision = { sequence: revisions.length, content: calledOff(newest.content, null) }
    const isKnown = isMailed(meeting, otherId, revision.sequence) || newest.content.customer.email === ERASED_TEXT
    if (!isKnown) due.push({ meetingId: otherId, revision })
  }
  return due
}

/** Keys of all mails about a meeting begin so. */
export function mailKeysOf(meetingId: string): string {
  return `invite:${meetingId}:`
}

/**
 * Mails one state of the invitation to everybody, once for each of them: a mail of which nobody knows whether it went out waits in the ledger for a person.
 *
 * @param stampedAt when what it follows from was recorded
 * @throws what the customer's mail fails with; that a guest or the host could not be reached is logged
 */
export async function mailInvitation(
  { mailer, mailFrom, effects, personId }: InvitationDeps,
  { meetingId, revision }: DueInvitation,
  { stampedAt, logger }: { stampedAt: Date; logger: HandlerContext['logger'] }
): Promise<number> {
  if (mailer === null) {
    const message = 'Invitations wait to be mailed: set SMTP_URL and start meetings again'
    throw new TransientError('MEETINGS_MAIL_NOT_CONFIGURED', message, { countsAsAttempt: false })
  }
  const { sequence, content } = revision
  const file = calendarFile(meetingId, revision, { mailFrom, stampedAt })
  const wording = wordingOf(revision)
  let mailed = 0
  for (const to of recipientsOf(content)) {
    const key = `${mailKeysOf(meetingId)}${sequence}:${personId(to)}`
    try {
      await effects.run({
        key,
        vendor: 'mail',
        operation: 'mail-invitation',
        digest: requestDigest({ meetingId, sequence }),
        policy: 'park',
        perform: async () => {
          await mailer.send({
            to,
            messageId: `<${meetingId}.${sequence}.${personId(to)}@leadlog.invalid>`,
            ...wording,
            ...(content.host.email === null ? {} : { replyTo: content.host.email }),
            calendar: { method: file.method, content: file.text }
          })
          return {}
        }
      })
      mailed += 1
    } catch (error) {
      if (to === content.customer.email || !(error instanceof PermanentError)) throw error
      logger.warn({ meetingId, sequence, code: error.code }, 'somebody beside the customer was not invited')
    }
  }
  return mailed
}

/** That it went out; nothing where that is known. Pure. */
export function noteMailed(
  meeting: Meeting,
  ids: { meetingId: string; personId: string },
  { meetingId: knownAs, revision }: DueInvitation,
  { recipients, at }: { recipients: number; at: string }
): readonly NewEvent[] {
  const { sequence, content } = revision
  if (isMailed(meeting, knownAs, sequence)) return []
  const { isCanceled, bookingUri, startsAt, endsAt, link } = content
  return [
    newEvent(MeetingInvitationMailed, ids.meetingId, {
      ...ids,
      bookingUri,
      method: isCanceled ? 'CANCEL' : 'REQUEST',
      sequence,
      uid: calendarUid(knownAs),
      startsAt,
      endsAt,
      hasLink: link !== null,
      recipients,
      mailedAt: at
    })
  ]
}

function isMailed(meeting: Meeting, meetingId: string, sequence: number): boolean {
  const uid = calendarUid(meetingId)
  return meeting.invitations.some((mailed) => mailed.uid === uid && mailed.sequence >= sequence)
}
