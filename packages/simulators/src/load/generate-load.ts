import { inviteeCanceled, inviteeCreated } from '../calendly/calendly-payload.ts'
import type { CalendlyBooking } from '../calendly/calendly-payload.ts'
import { readConfig } from '../config.ts'
import type { SimulatorSecrets } from '../config.ts'
import { meetingEnd } from '../readai/readai-payload.ts'
import type { ReadaiMeeting } from '../readai/readai-payload.ts'
import { formAnswers, zoomNumber } from '../sample-day/booking-of.ts'
import { conversations } from '../sample-day/conversations.ts'
import type { Customer } from '../sample-day/customer.ts'
import { calendlyDelivery, readaiDelivery } from '../sample-day/deliver.ts'
import type { Delivery } from '../sample-day/delivery.ts'
import { momentOf, plusMinutes } from '../sample-day/moment.ts'
import { SAMPLE_BASE_DATE } from '../sample-day/sample-day.ts'
import { team } from '../sample-day/team.ts'
import { transcriptBlocks } from '../sample-day/transcript.ts'
import { seededChoice, seededUlid, seededUnit, seededUuid } from '../seeded.ts'
import { loadPerson } from './load-person.ts'

export interface LoadOptions {
  /** People; each books once. */
  customers: number
  /** Another seed gives other people and other webhooks. */
  seed: string | number
  baseDate?: string
  /** The secrets of the fictional accounts by default. */
  secrets?: SimulatorSecrets
  /** Share of the people whose meeting took place, with a transcript; 0.5 by default. */
  heldShare?: number
  /** Share of the people who moved their booking once (two webhooks more); 0.1 by default. */
  movedShare?: number
}

const MEETING_MINUTES = 30
const BOOKED_BEFORE_MINUTES = 1440
const MOVED_AFTER_MINUTES = 60
const MINUTES_OF_DAY = 1440

const bookingOf = (seed: string, baseDate: string, number: number, person: Customer): CalendlyBooking => {
  const start = plusMinutes(momentOf(baseDate, '0 00:00'), (number * 7) % MINUTES_OF_DAY)
  return {
    eventId: seededUuid(seed, 'event', number),
    inviteeId: seededUuid(seed, 'invitee', number),
    email: person.email,
    name: person.name,
    firstName: null,
    lastName: null,
    timezone: person.timezone,
    phone: null,
    answers: formAnswers(person.answers),
    bookedAt: plusMinutes(start, -BOOKED_BEFORE_MINUTES),
    start,
    end: plusMinutes(start, MEETING_MINUTES),
    title: 'Product demo',
    host: team.dana,
    zoomNumber: zoomNumber(seed, String(number)),
    utmSource: null,
    replaces: null
  }
}

const movedBooking = (seed: string, number: number, old: CalendlyBooking): CalendlyBooking => {
  const start = plusMinutes(old.start, MINUTES_OF_DAY)
  return {
    ...old,
    eventId: seededUuid(seed, 'moved event', number),
    inviteeId: seededUuid(seed, 'moved invitee', number),
    bookedAt: plusMinutes(old.bookedAt, MOVED_AFTER_MINUTES),
    start,
    end: plusMinutes(start, MEETING_MINUTES),
    zoomNumber: zoomNumber(seed, 'moved', String(number)),
    replaces: { eventId: old.eventId, inviteeId: old.inviteeId }
  }
}

const [firstConversation = {}, ...otherConversations] = Object.values(conversations)

const meetingOf = (seed: string, number: number, person: Customer, booking: CalendlyBooking): ReadaiMeeting => {
  const start = plusMinutes(booking.start, 1)
  const end = plusMinutes(start, 10 + Math.floor(seededUnit(seed, 'minutes', number) * 20))
  const conversation = seededChoice([firstConversation, ...otherConversations], seed, 'conversation', number)
  return {
    sessionId: seededUlid(start, seed, 'session', number),
    title: `Product demo - ${person.name}`,
    start,
    end,
    owner: team.dana,
    participants: [team.dana, { name: person.name, email: person.email }],
    summary: conversation.pain ?? null,
    actionItems: conversation.next === undefined ? [] : [conversation.next],
    keyQuestions: [],
    topics: Object.keys(conversation).slice(0, 4),
    chapters: [],
    blocks: transcriptBlocks({
      name: `${seed} ${number}`,
      seller: team.dana.name,
      customer: person.name,
      conversation,
      shape: 'whole',
      start,
      end
    }),
    platformMeetingId: String(booking.zoomNumber),
    blockTimesAsText: false
  }
}

/**
 * Any number of unique signed webhooks, made one by one as they are asked for; the same options give the same bytes.
 * `expectedOf` works out what they must come to.
 */
export function* generateLoad(options: LoadOptions): Generator<Delivery, void, undefined> {
  const seed = String(options.seed)
  const secrets = options.secrets ?? readConfig({}).secrets
  const baseDate = options.baseDate ?? SAMPLE_BASE_DATE
  for (let number = 0; number < options.customers; number += 1) {
    const person = loadPerson(seed, number)
    const first = bookingOf(seed, baseDate, number, person)
    yield calendlyDelivery(`created ${number}`, inviteeCreated(first), secrets)
    const moves = seededUnit(seed, 'moved', number) < (options.movedShare ?? 0.1)
    const booking = moves ? movedBooking(seed, number, first) : first
    if (moves) {
      const canceled = {
        at: booking.bookedAt,
        by: person.name,
        canceler: 'invitee' as const,
        reason: '',
        replacedBy: { eventId: booking.eventId, inviteeId: booking.inviteeId }
      }
      yield calendlyDelivery(`canceled ${number}`, inviteeCanceled(first, canceled), secrets)
      yield calendlyDelivery(`moved ${number}`, inviteeCreated(booking), secrets)
    }
    if (seededUnit(seed, 'held', number) < (options.heldShare ?? 0.5)) {
      const meeting = meetingOf(seed, number, person, booking)
      yield readaiDelivery(`held ${number}`, meetingEnd(meeting, seededUuid(seed, 'request', number)), secrets)
    }
  }
}
