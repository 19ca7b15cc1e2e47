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
  TransientError,
  WebhookIgnored,
  WebhookReceived
} from '@leadlog/contracts'
import { defineReactor, type HandlerContext } from '@leadlog/service'
import { emptyAgenda, evolveAgenda } from '../agenda/agenda.ts'
import { agendaRef, bookingRef } from '../agenda/booking-aggregate.ts'
import type { BookingCommand } from '../agenda/booking-command.ts'
import { decideBooking } from '../agenda/decide-booking.ts'
import type { MeetingsDeps } from '../deps.ts'
import { parsePayload } from '../webhook/parse-payload.ts'
import { readWebhook } from '../webhook/read-webhook.ts'
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
    WebhookIgnored
  ],
  concurrency: 16,
  handle: async (event, deps: MeetingsDeps, context) => {
    if (event.data.disposition === 'ignored') return
    const command = commandOf(await readWebhook(deps.webhooks, event.id, event.data))
    const email = command.booking.customer?.email
    const personId = email ? deps.personId(email) : await ownerOf(command.booking.uri, context)
    await context.transact({
      load: [agendaRef(personId)],
      decide: ([history]) => {
        const agenda = (history?.events ?? []).reduce(evolveAgenda, emptyAgenda)
        return decideBooking(agenda, { webhookId: event.id, personId }, command)
      }
    })
  }
})

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
