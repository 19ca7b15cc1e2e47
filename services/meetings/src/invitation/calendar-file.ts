import ical, {
  ICalAttendeeRole,
  ICalAttendeeStatus,
  ICalCalendarMethod,
  ICalEventStatus,
  type ICalAttendeeData
} from 'ical-generator'
import { DateTime } from 'luxon'
import { tzlib_get_ical_block } from 'timezones-ical-library'
import type { Revision } from './revisions.ts'

/** Marks what is ours among all calendars (RFC 5545, PRODID). */
const PRODUCT = { company: 'Leadlog', product: 'Meetings', language: 'EN' }

/** The same for all mails about a meeting. */
export function calendarUid(meetingId: string): string {
  return `${meetingId}@leadlog`
}

/**
 * The file that calendars read (RFC 5546): an invitation, its change, or its cancellation. The same revision gives the same file.
 *
 * @param mailFrom address that the mail comes from; it sends on behalf of the host
 * @param stampedAt when the revision was mailed first
 */
export function calendarFile(
  meetingId: string,
  { sequence, content }: Revision,
  { mailFrom, stampedAt }: { mailFrom: string; stampedAt: Date }
): { method: 'REQUEST' | 'CANCEL'; text: string } {
  const { isCanceled, title, startsAt, endsAt, link, host, customer, guests } = content
  const method = isCanceled ? 'CANCEL' : 'REQUEST'
  const organizer = host.email ?? mailFrom
  const zone = customer.timezone !== null && isKnownZone(customer.timezone) ? customer.timezone : null
  const calendar = ical({ prodId: PRODUCT, method: ICalCalendarMethod[method] })
  if (zone !== null) calendar.timezone({ name: zone, generator: vtimezone })
  const at = (time: string): DateTime => DateTime.fromISO(time, { zone: zone ?? 'utc' })
  const attendees: ICalAttendeeData[] = [
    attendee(customer.email, customer.name),
    ...guests.map((guest) => attendee(guest, null))
  ]
  calendar.createEvent({
    id: calendarUid(meetingId),
    sequence,
    stamp: stampedAt,
    start: at(startsAt),
    end: at(endsAt),
    timezone: zone,
    summary: title,
    ...(link === null || isCanceled ? {} : { location: link, url: link, description: { plain: `Join: ${link}` } }),
    organizer: {
      name: host.name ?? organizer,
      email: organizer,
      ...(organizer === mailFrom ? {} : { sentBy: mailFrom })
    },
    attendees,
    status: isCanceled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED
  })
  return { method, text: calendar.toString() }
}

function attendee(email: string, name: string | null): ICalAttendeeData {
  return {
    email,
    name: name ?? email,
    rsvp: true,
    role: ICalAttendeeRole.REQ,
    status: ICalAttendeeStatus.NEEDSACTION
  }
}

function vtimezone(zone: string): string | null {
  const [block] = tzlib_get_ical_block(zone)
  return typeof block === 'string' ? block : null
}

/** Whether the rules of the zone can be written into the file; other clients would not know them. */
function isKnownZone(zone: string): boolean {
  return DateTime.local({ zone }).isValid && vtimezone(zone) !== null
}
