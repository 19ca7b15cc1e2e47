import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { pii } from '../event/pii.ts'
import { AggregateId, ONE_EMAIL_ADDRESS, OneOf, Timestamp } from '../scalars.ts'
import { ZoomHostEmail } from './connect-zoom.ts'

/** When a meeting is to begin or to end. */
export const MeetingTime = Type.String({
  minLength: 16,
  maxLength: 40,
  description: 'ISO 8601 with zone, such as 2026-12-01T15:00:00+01:00'
})

/** A link that is given by hand. */
export const ManualLink = Type.String({
  minLength: 9,
  maxLength: 1_000,
  pattern: '^https://[^\\s]+$',
  description: 'begins with https://'
})

const EmailAddress = Type.String({ minLength: 3, maxLength: 254, pattern: ONE_EMAIL_ADDRESS.source })

export const meetingTimeRefusals = {
  MEETINGS_TIME_INVALID:
    'a time has no zone or is none, the end is not after the start, or it lasts for more than a day',
  MEETINGS_TIME_PAST: 'the start is over already, or more than two years ahead'
}

export const ScheduleMeeting = defineCommand({
  service: 'meetings',
  name: 'ScheduleMeeting',
  description:
    'Books a meeting with a customer for one of our hosts, opens a room for it, and invites everybody by e-mail with a file for their calendars.',
  data: Type.Object(
    {
      customer: pii(
        Type.Object(
          {
            email: EmailAddress,
            name: Type.String({ minLength: 1, maxLength: 200 }),
            phone: Type.Optional(Type.String({ minLength: 1, maxLength: 40 }))
          },
          { additionalProperties: false }
        )
      ),
      title: pii(Type.String({ minLength: 1, maxLength: 200 })),
      startsAt: MeetingTime,
      endsAt: MeetingTime,
      timezone: Type.Optional(
        Type.String({ minLength: 1, maxLength: 64, description: 'of the customer, such as America/New_York' })
      ),
      hostEmail: ZoomHostEmail,
      hostName: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
      guests: Type.Optional(pii(Type.Array(EmailAddress, { maxItems: 20, description: 'e-mail addresses' }))),
      room: Type.Optional(OneOf('zoom', 'none')),
      joinUrl: Type.Optional(pii(ManualLink))
    },
    { additionalProperties: false }
  ),
  result: Type.Object({ meetingId: AggregateId, bookingUri: Type.String(), startsAt: Timestamp, endsAt: Timestamp }),
  refusals: {
    ...meetingTimeRefusals,
    MEETINGS_TIMEZONE_UNKNOWN: 'the time zone is none of IANA',
    MEETINGS_HOST_UNKNOWN: 'the host is nobody of ours: no user, not connected with Zoom, and not of OWN_DOMAINS',
    MEETINGS_GUEST_REPEATED: 'customer, host and guests must be different people',
    MEETINGS_LINK_AND_ROOM: 'give joinUrl, or ask for a room, not both',
    MEETINGS_ZOOM_NOT_CONNECTED:
      'nobody can open a room for the host: connect them, set ZOOM_ACCOUNT_ID, or give joinUrl',
    MEETINGS_MAIL_NOT_CONFIGURED: 'nobody can be invited: set SMTP_URL'
  },
  personAddress: ({ customer }) => customer.email
})
