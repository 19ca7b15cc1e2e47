import {
  AgendaEntryAdded,
  BookingLinked,
  BookingSuperseded,
  isEvent,
  MeetingBooked,
  MeetingCanceled,
  MeetingNoShowCleared,
  MeetingNoShowMarked,
  MeetingRescheduled,
  MeetingsMerged,
  PersonReturned,
  TransientError,
  WebhookIgnored,
  WebhookReceived,
  type RecordedEvent
} from '@leadlog/contracts'
import { defineReactor, type HandlerContext } from '@leadlog/service'
import { emptyAgenda, evolveAgenda, type Agenda } from '../agenda/agenda.ts'
import { agendaRef, bookingRef, meetingRef } from '../agenda/booking-aggregate.ts'
import type { BookingCommand } from '../agenda/booking-command.ts'
import { decideBooking, meetingOf } from '../agenda/decide-booking.ts'
import type { MeetingsDeps } from '../deps.ts'
import { parsePayload } from '../webhook/parse-payload.ts'
import { readWebhook } from '../webhook/read-webhook.ts'
import { unlessErased } from '../webhook/unless-erased.ts'
import { InviteeDelivery, NoShowDelivery } from './invitee-payload.ts'
import { translateInvitee, translateShortNoShow } from './translate-invitee.ts'

/** Calendly's webhooks → facts about meetings. */
export const translateCalendly = defineReactor({
  name: 'translate-calendly',
  on: [WebhookReceived],
  subjects: ['in.calendly.>'],
  emits: [
    MeetingBooked,
    MeetingRescheduled,
    BookingSuperseded,
    MeetingCanceled,
    MeetingNoShowMarked,
    MeetingNoShowCleared,
    MeetingsMerged,
    AgendaEntryAdded,
    BookingLinked,
    PersonReturned,
    WebhookIgnored
  ],
  concurrency: 16,
  handle: async (event, deps: MeetingsDeps, context) => {
    if (event.data.disposition === 'ignored') return
    const command = commandOf(await readWebhook(deps.webhooks, event.id, event.data))
    const email = command.booking.customer?.email
    const personId = email ? deps.personId(email) : await ownerOf(command.booking.uri, context)
    const delivery = { webhookId: event.id, personId }
    const newContactAt = command.kind === 'booked' ? command.booking.bookedAt : null
    const about = { webhook: event, personId, newContactAt }
    await unlessErased(() => recordBooking(delivery, command, context), about, deps.erasures, context)
  }
})

async function recordBooking(
  delivery: { readonly webhookId: string; readonly personId: string },
  command: BookingCommand,
  context: HandlerContext
): Promise<void> {
  const { personId } = delivery
  // What is not a booking itself is compared with what its meeting has; the agenda tells which that is.
  const meetingId =
    command.kind === 'booked' ? null : meetingOf(agendaOf(await context.load(agendaRef(personId))), command)
  await context.transact({
    load: [agendaRef(personId), ...(meetingId === null ? [] : [meetingRef(meetingId)])],
    decide: ([history, meeting]) => {
      const agenda = agendaOf(history)
      if (meetingId !== null && meetingOf(agenda, command) !== meetingId) {
        throw new TransientError(
          'MEETINGS_AGENDA_CHANGED',
          'The booking was found to belong to another meeting meanwhile'
        )
      }
      return decideBooking(agenda, delivery, command, meeting?.events)
    }
  })
}

function agendaOf(history: { readonly events: readonly RecordedEvent[] } | undefined): Agenda {
  return (history?.events ?? []).reduce(evolveAgenda, emptyAgenda)
}

function commandOf(payload: unknown): BookingCommand {
  if (isShortNoShow(payload)) return translateShortNoShow(parsePayload('calendly', NoShowDelivery, payload))
  return translateInvitee(parsePayload('calendly', InviteeDelivery, payload))
}

function isShortNoShow(payload: unknown): boolean {
  const inner = (payload as { payload?: { invitee?: unknown; email?: unknown } } | null)?.payload
  return typeof inner?.invitee === 'string' && inner.email === undefined
}

/** Whose booking it is, for a delivery that names nobody. The booking may still be on its way. */
async function ownerOf(bookingUri: string, context: HandlerContext): Promise<string> {
  const history = await context.load(bookingRef(bookingUri))
  const linked = history.events.find((event) => isEvent(event, BookingLinked))
  if (linked && isEvent(linked, BookingLinked)) return linked.data.personId
  throw new TransientError('MEETINGS_BOOKING_UNKNOWN', 'The booking that this delivery names has not been seen yet')
}
