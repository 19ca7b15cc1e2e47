import type { Answer, Customer } from '@leadlog/contracts'
import type { Booking, BookingCommand, BookingRef } from '../agenda/booking-command.ts'
import { moment } from '../webhook/moment.ts'
import type { InviteeDelivery, NoShowDelivery } from './invitee-payload.ts'

type Payload = InviteeDelivery['payload']

/** A Calendly invitee delivery as a command for the agenda. Pure. */
export function translateInvitee(delivery: InviteeDelivery): BookingCommand {
  const { payload } = delivery
  const deliveredAt =
    payload.updated_at ?? delivery.created_at ?? payload.created_at ?? payload.scheduled_event.start_time
  switch (delivery.event) {
    case 'invitee.canceled':
      return payload.rescheduled === true || payload.new_invitee
        ? supersededBy(payload, deliveredAt)
        : {
            kind: 'canceled',
            booking: refOf(payload),
            at: utc(payload.cancellation?.created_at ?? deliveredAt),
            by: payload.cancellation?.canceler_type ?? null,
            reason: blankToNull(payload.cancellation?.reason)
          }
    case 'invitee_no_show.created':
      return {
        kind: 'no-show',
        booking: refOf(payload),
        at: utc(payload.no_show?.created_at ?? delivery.created_at ?? deliveredAt)
      }
    case 'invitee_no_show.deleted':
      return { kind: 'no-show-cleared', booking: refOf(payload), at: utc(delivery.created_at ?? deliveredAt) }
    default:
      return { kind: 'booked', booking: bookingOf(payload, deliveredAt) }
  }
}

/** The short form of a no-show delivery, which names nobody. */
export function translateShortNoShow(delivery: NoShowDelivery): BookingCommand {
  const booking: BookingRef = {
    uri: delivery.payload.invitee,
    customer: null,
    title: '',
    startsAt: null,
    endsAt: null,
    platformMeetingId: null
  }
  const at = utc(delivery.payload.created_at ?? delivery.created_at ?? new Date(0).toISOString())
  return { kind: delivery.event === 'invitee_no_show.deleted' ? 'no-show-cleared' : 'no-show', booking, at }
}

function supersededBy(payload: Payload, deliveredAt: string): BookingCommand {
  const at = utc(payload.cancellation?.created_at ?? deliveredAt)
  const booking = refOf(payload)
  if (payload.new_invitee) return { kind: 'superseded', booking, byUri: payload.new_invitee, at }
  // Marked as rescheduled, but the new booking is not named: it will name this one itself.
  return { kind: 'superseded', booking, byUri: '', at }
}

function bookingOf(payload: Payload, deliveredAt: string): Booking {
  const event = payload.scheduled_event
  const host = event.event_memberships?.[0]
  const location = event.location ?? null
  return {
    ...refOf(payload),
    customer: customerOf(payload),
    startsAt: moment('calendly', '/payload/scheduled_event/start_time', event.start_time),
    endsAt: moment('calendly', '/payload/scheduled_event/end_time', event.end_time),
    previousUri: payload.old_invitee ?? null,
    bookedAt: utc(payload.created_at ?? deliveredAt),
    location: {
      kind: location?.type ?? null,
      joinUrl: location?.join_url ?? null,
      platformMeetingId: platformIdOf(location?.data?.id)
    },
    host: { name: host?.user_name ?? null, email: host?.user_email?.toLowerCase() ?? null },
    guests: (event.event_guests ?? []).flatMap((guest) => (guest.email ? [guest.email.toLowerCase()] : [])),
    answers: answersOf(payload),
    tracking: trackingOf(payload)
  }
}

function refOf(payload: Payload): BookingRef & { customer: Customer; startsAt: string; endsAt: string } {
  const event = payload.scheduled_event
  return {
    uri: payload.uri,
    customer: customerOf(payload),
    title: event.name ?? 'Meeting',
    startsAt: moment('calendly', '/payload/scheduled_event/start_time', event.start_time),
    endsAt: moment('calendly', '/payload/scheduled_event/end_time', event.end_time),
    platformMeetingId: platformIdOf(event.location?.data?.id)
  }
}

function customerOf(payload: Payload): Customer {
  return {
    email: payload.email.trim().toLowerCase(),
    name: blankToNull(payload.name),
    firstName: blankToNull(payload.first_name),
    lastName: blankToNull(payload.last_name),
    phone: phoneOf(payload),
    timezone: blankToNull(payload.timezone)
  }
}

function answersOf(payload: Payload): Answer[] {
  return (payload.questions_and_answers ?? []).flatMap(({ question, answer }) =>
    question && answer?.trim() ? [{ question, answer: answer.trim() }] : []
  )
}

/** The reminder number, the number of a phone call, or the answer to a question for the phone number. */
function phoneOf(payload: Payload): string | null {
  const asked = answersOf(payload).find(
    ({ question, answer }) => /phone|mobile|telephone/i.test(question) && /\d{5,}/.test(answer.replace(/\D/g, ''))
  )
  const location = payload.scheduled_event.location
  const called = location?.type?.endsWith('_call') ? location.location : null
  return blankToNull(payload.text_reminder_number) ?? asked?.answer ?? blankToNull(called)
}

function trackingOf(payload: Payload): Record<string, string> {
  return Object.fromEntries(
    Object.entries(payload.tracking ?? {}).flatMap(([key, value]) =>
      typeof value === 'string' && value !== '' ? [[key, value]] : []
    )
  )
}

function platformIdOf(id: unknown): string | null {
  return typeof id === 'string' || typeof id === 'number' ? String(id) : null
}

function blankToNull(text: string | null | undefined): string | null {
  const trimmed = text?.trim()
  return trimmed ? trimmed : null
}

function utc(time: string): string {
  return moment('calendly', '/payload (a time in it)', time)
}
