import type { JsonObject } from '../json.ts'
import type { BookingEnd, CalendlyBooking } from './calendly-payload.ts'

/** A booking with how it ended. */
export interface StoredBooking {
  booking: CalendlyBooking
  end: BookingEnd
}

/** A receiver of webhooks, as its owner set it up. */
export interface WebhookSubscription {
  id: string
  resource: JsonObject
  callbackUrl: string
  events: readonly string[]
  scope: string
  signingKey: string | undefined
}

/** What the simulated Calendly holds. */
export interface CalendlyStore {
  put(stored: StoredBooking): void
  byInvitee(inviteeId: string): StoredBooking | undefined
  byEvent(eventId: string): StoredBooking[]
  /** All bookings, by the start of their meeting. */
  list(): StoredBooking[]
  subscribe(subscription: WebhookSubscription): void
  unsubscribe(id: string): boolean
  subscriptions(): WebhookSubscription[]
  clear(): void
}

export const createCalendlyStore = (): CalendlyStore => {
  const bookings = new Map<string, StoredBooking>()
  const subscriptions = new Map<string, WebhookSubscription>()
  const list = (): StoredBooking[] =>
    [...bookings.values()].sort((a, b) => a.booking.start.getTime() - b.booking.start.getTime())
  return {
    put: (stored) => {
      bookings.set(stored.booking.inviteeId, stored)
    },
    byInvitee: (inviteeId) => bookings.get(inviteeId),
    byEvent: (eventId) => list().filter(({ booking }) => booking.eventId === eventId),
    list,
    subscribe: (subscription) => {
      subscriptions.set(subscription.id, subscription)
    },
    unsubscribe: (id) => subscriptions.delete(id),
    subscriptions: () => [...subscriptions.values()],
    clear: () => {
      bookings.clear()
      subscriptions.clear()
    }
  }
}
