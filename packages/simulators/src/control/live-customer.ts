import type { CalendlyBooking } from '../calendly/calendly-payload.ts'
import type { ReadaiMeeting } from '../readai/readai-payload.ts'
import { conversations } from '../sample-day/conversations.ts'
import { plusMinutes } from '../sample-day/moment.ts'
import { team } from '../sample-day/team.ts'
import { transcriptBlocks } from '../sample-day/transcript.ts'
import { zoomNumber } from '../sample-day/booking-of.ts'
import { seededUlid, seededUuid } from '../seeded.ts'

const MEETING_MINUTES = 30
const HELD_MINUTES = 20
const DAY_MINUTES = 1440

interface Person {
  email: string
  name: string
}

const startOr = (text: string | undefined, fallback: Date): Date => {
  const time = Date.parse(text ?? '')
  return Number.isNaN(time) ? fallback : new Date(time)
}

/** A booking that somebody makes now, for tomorrow where no start is given. */
export const bookingFor = (
  person: Person & { timezone?: string; start?: string; answers?: Record<string, string> },
  act: string,
  now: Date
): CalendlyBooking => {
  const start = startOr(person.start, plusMinutes(now, DAY_MINUTES))
  return {
    eventId: seededUuid('event', act),
    inviteeId: seededUuid('invitee', act),
    email: person.email,
    name: person.name,
    firstName: null,
    lastName: null,
    timezone: person.timezone ?? 'Europe/Berlin',
    phone: null,
    answers: Object.entries(person.answers ?? {}).map(([question, answer]) => ({ question, answer })),
    bookedAt: now,
    start,
    end: plusMinutes(start, MEETING_MINUTES),
    title: 'Product demo',
    host: team.dana,
    zoomNumber: zoomNumber(act),
    utmSource: null,
    replaces: null
  }
}

/** The booking that replaces another one now, a day later where no start is given. */
export const movedTo = (old: CalendlyBooking, start: string | undefined, act: string, now: Date): CalendlyBooking => {
  const moved = startOr(start, plusMinutes(old.start, DAY_MINUTES))
  return {
    ...old,
    eventId: seededUuid('event', act),
    inviteeId: seededUuid('invitee', act),
    bookedAt: now,
    start: moved,
    end: plusMinutes(moved, MEETING_MINUTES),
    zoomNumber: zoomNumber(act),
    replaces: { eventId: old.eventId, inviteeId: old.inviteeId }
  }
}

/** A meeting that ends now; what is said is one of the sample day's conversations. */
export const meetingFor = (
  person: Person & { minutes?: number; conversation?: string },
  booking: CalendlyBooking | undefined,
  act: string,
  now: Date
): ReadaiMeeting => {
  const start = plusMinutes(now, -(person.minutes ?? HELD_MINUTES))
  const conversation = conversations[person.conversation ?? 'marta'] ?? {}
  const blocks = transcriptBlocks({
    name: act,
    seller: team.dana.name,
    customer: person.name,
    conversation,
    shape: 'whole',
    start,
    end: now
  })
  return {
    sessionId: seededUlid(start, act),
    title: `Product demo - ${person.name}`,
    start,
    end: now,
    owner: team.dana,
    participants: [team.dana, { name: person.name, email: person.email }],
    summary: conversation.pain ?? null,
    actionItems: conversation.next === undefined ? [] : [conversation.next],
    keyQuestions: [],
    topics: Object.keys(conversation).slice(0, 4),
    chapters: [],
    blocks,
    platformMeetingId: String(booking?.zoomNumber ?? zoomNumber(act)),
    blockTimesAsText: false
  }
}
