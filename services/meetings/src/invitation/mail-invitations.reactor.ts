import {
  MeetingBooked,
  MeetingCanceled,
  MeetingInvitationMailed,
  MeetingLinkSet,
  MeetingRescheduled,
  MeetingRoomClosed,
  MeetingRoomFailed,
  MeetingRoomOpened,
  MeetingsMerged
} from '@leadlog/contracts'
import { defineReactor } from '@leadlog/service'
import { meetingRef } from '../agenda/booking-aggregate.ts'
import type { MeetingsDeps } from '../deps.ts'
import { loadMeeting } from '../meeting/load-meeting.ts'
import { meetingOfHistory, wholeHistory } from '../meeting/meeting.ts'
import { dueInvitations, mailInvitation, mailKeysOf, noteMailed } from './mail-invitation.ts'
import { revisionsOf } from './revisions.ts'

/** What everybody who is invited should know → an e-mail with a file for their calendars. */
export const mailInvitations = defineReactor({
  name: 'mail-invitations',
  on: [
    MeetingBooked,
    MeetingRescheduled,
    MeetingCanceled,
    MeetingsMerged,
    MeetingRoomOpened,
    MeetingRoomClosed,
    MeetingRoomFailed,
    MeetingLinkSet
  ],
  emits: [MeetingInvitationMailed],
  concurrency: 8,
  handle: async (event, { invitations }: MeetingsDeps, context) => {
    if (invitations === null) return
    const loaded = await loadMeeting((ref) => context.load(ref), event.data.meetingId)
    if (loaded === null) return
    const { meetingId, personId, own, absorbed } = loaded
    // Most bookings are invited to by the calendar that they come from.
    const mayBeOurs = [meetingId, ...absorbed.keys()].filter(
      (id) => revisionsOf(wholeHistory(id === meetingId ? own : (absorbed.get(id) ?? []), absorbed)).length > 0
    )
    if (mayBeOurs.length === 0) return
    const begun = new Set<string>()
    for (const id of mayBeOurs) {
      if ((await invitations.effects.begunWith(mailKeysOf(id))).length > 0) begun.add(id)
    }
    const now = context.clock.now()
    for (const due of dueInvitations(loaded, { now, isBegun: (id) => begun.has(id) })) {
      if (invitations.dryRun) {
        context.logger.info({ meetingId, sequence: due.revision.sequence }, 'DRY_RUN: an invitation is not mailed')
        continue
      }
      const stampedAt = new Date(event.time)
      const recipients = await mailInvitation(invitations, due, { stampedAt, logger: context.logger })
      const at = context.clock.now().toISOString()
      await context.transact({
        step: `${due.meetingId}/${due.revision.sequence}`,
        load: [meetingRef(meetingId)],
        decide: ([history]) =>
          noteMailed(meetingOfHistory(history?.events ?? [], absorbed), { meetingId, personId }, due, {
            recipients,
            at
          })
      })
    }
  }
})
