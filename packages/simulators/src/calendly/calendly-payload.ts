import type { JsonObject } from '../json.ts'

/** A question of the booking form with its answer. */
export interface FormAnswer {
  question: string
  answer: string
}

/** A booking: one invitee of one scheduled event. */
export interface CalendlyBooking {
  eventId: string
  inviteeId: string
  email: string
  name: string
  /** Given where the form asks for first and last name apart. */
  firstName: string | null
  lastName: string | null
  timezone: string | null
  phone: string | null
  answers: readonly FormAnswer[]
  bookedAt: Date
  start: Date
  end: Date
  title: string
  host: { name: string; email: string }
  zoomNumber: number
  utmSource: string | null
  replaces: BookingIds | null
}

export interface BookingIds {
  eventId: string
  inviteeId: string
}

/** How a booking ended, where it did. */
export interface BookingEnd {
  canceled?: { at: Date; by: string; canceler: 'host' | 'invitee'; reason: string; replacedBy: BookingIds | null }
  noShow?: { at: Date; id: string }
}

const API = 'https://api.calendly.com'
const HOST_USER = `${API}/users/9c5f2b1e-3d4a-4f6b-8e7c-1a2b3c4d5e6f`
const EVENT_TYPE = `${API}/event_types/7d8e9f0a-1b2c-4d3e-9f4a-5b6c7d8e9f0a`

/** Calendly's form of a moment: UTC with six decimals. */
export const calendlyTime = (at: Date): string => at.toISOString().replace('Z', '000Z')

export const eventUri = (ids: Pick<BookingIds, 'eventId'>): string => `${API}/scheduled_events/${ids.eventId}`

export const inviteeUri = (ids: BookingIds): string => `${eventUri(ids)}/invitees/${ids.inviteeId}`

const cancellationOf = (end: BookingEnd): JsonObject | undefined =>
  end.canceled === undefined
    ? undefined
    : {
        canceled_by: end.canceled.by,
        canceler_type: end.canceled.canceler,
        created_at: calendlyTime(end.canceled.at),
        reason: end.canceled.reason
      }

/** The scheduled event of a booking, as payloads and the API show it. */
export const scheduledEvent = (booking: CalendlyBooking, end: BookingEnd = {}): JsonObject => {
  const cancellation = cancellationOf(end)
  return {
    created_at: calendlyTime(booking.bookedAt),
    end_time: calendlyTime(booking.end),
    event_guests: [],
    event_memberships: [{ user: HOST_USER, user_email: booking.host.email, user_name: booking.host.name }],
    event_type: EVENT_TYPE,
    invitees_counter: { total: 1, active: cancellation === undefined ? 1 : 0, limit: 1 },
    location: {
      data: { id: booking.zoomNumber, settings: {}, password: 'Kq3vX9', extra: null },
      join_url: `https://us05web.zoom.us/j/${booking.zoomNumber}?pwd=FICTIONAL`,
      status: 'pushed',
      type: 'zoom'
    },
    meeting_notes_html: null,
    meeting_notes_plain: null,
    name: booking.title,
    start_time: calendlyTime(booking.start),
    status: cancellation === undefined ? 'active' : 'canceled',
    updated_at: calendlyTime(end.canceled?.at ?? booking.bookedAt),
    uri: eventUri(booking),
    ...(cancellation === undefined ? {} : { cancellation })
  }
}

/** The invitee of a booking, without the scheduled event. */
export const invitee = (booking: CalendlyBooking, end: BookingEnd = {}): JsonObject => {
  const cancellation = cancellationOf(end)
  const replacedBy = end.canceled?.replacedBy ?? null
  return {
    cancel_url: `https://calendly.com/cancellations/${booking.inviteeId}`,
    created_at: calendlyTime(booking.bookedAt),
    email: booking.email,
    event: eventUri(booking),
    first_name: booking.firstName,
    invitee_scheduled_by: null,
    last_name: booking.lastName,
    name: booking.name,
    new_invitee: replacedBy === null ? null : inviteeUri(replacedBy),
    no_show:
      end.noShow === undefined
        ? null
        : { uri: `${API}/invitee_no_shows/${end.noShow.id}`, created_at: calendlyTime(end.noShow.at) },
    old_invitee: booking.replaces === null ? null : inviteeUri(booking.replaces),
    payment: null,
    questions_and_answers: booking.answers.map(({ question, answer }, position) => ({ answer, position, question })),
    reconfirmation: null,
    reschedule_url: `https://calendly.com/reschedulings/${booking.inviteeId}`,
    rescheduled: replacedBy !== null,
    routing_form_submission: null,
    scheduling_method: null,
    status: cancellation === undefined ? 'active' : 'canceled',
    text_reminder_number: booking.phone,
    timezone: booking.timezone,
    tracking: {
      utm_campaign: null,
      utm_source: booking.utmSource,
      utm_medium: null,
      utm_content: null,
      utm_term: null,
      salesforce_uuid: null
    },
    updated_at: calendlyTime(end.canceled?.at ?? booking.bookedAt),
    uri: inviteeUri(booking),
    ...(cancellation === undefined ? {} : { cancellation })
  }
}

/** A webhook's envelope around its payload. */
export const calendlyEnvelope = (event: string, at: Date, payload: JsonObject): JsonObject => ({
  created_at: calendlyTime(at),
  created_by: HOST_USER,
  event,
  payload
})

const inviteePayload = (booking: CalendlyBooking, end: BookingEnd): JsonObject => ({
  ...invitee(booking, end),
  scheduled_event: scheduledEvent(booking, end)
})

/** The time between an act at Calendly and its webhook. */
const WEBHOOK_DELAY_MS = 210
const later = (at: Date): Date => new Date(at.getTime() + WEBHOOK_DELAY_MS)

export const inviteeCreated = (booking: CalendlyBooking): JsonObject =>
  calendlyEnvelope('invitee.created', later(booking.bookedAt), inviteePayload(booking, {}))

export const inviteeCanceled = (booking: CalendlyBooking, canceled: NonNullable<BookingEnd['canceled']>): JsonObject =>
  calendlyEnvelope('invitee.canceled', later(canceled.at), inviteePayload(booking, { canceled }))

export const inviteeNoShow = (booking: CalendlyBooking, noShow: NonNullable<BookingEnd['noShow']>): JsonObject =>
  calendlyEnvelope('invitee_no_show.created', later(noShow.at), inviteePayload(booking, { noShow }))
