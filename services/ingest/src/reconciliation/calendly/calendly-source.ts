import type { PullSource, Window } from '../pulled-item.ts'
import { isWithin } from '../window.ts'
import type { CalendlyApi, ScheduledEvent } from './calendly-api.ts'
import { inviteeItems } from './invitee-items.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** Deliveries come within seconds. */
const GRACE_MS = 10 * MINUTE_MS

/** Who did not come is marked on the day or a few days later. */
const MARKED_WITHIN_MS = 7 * DAY_MS

/**
 * Bookings, cancellations and missed meetings. Calendly lists events by the start of the meeting only, so everything
 * that may have been booked, canceled or missed in the time is listed, and looked into where it has changed since.
 */
export function calendlySource(api: CalendlyApi, options: { horizonDays: number }): PullSource {
  return {
    name: 'calendly',
    scheme: 'calendly-api-pull',
    graceMs: GRACE_MS,
    async *list(window, how) {
      const startsFrom = new Date(window.from.getTime() - MARKED_WITHIN_MS)
      const startsBefore = new Date(window.to.getTime() + options.horizonDays * DAY_MS)
      for await (const event of api.scheduledEvents(startsFrom, startsBefore, how)) {
        if (!mayConcern(event, window)) continue
        for await (const invitee of api.invitees(event, how)) {
          for (const item of inviteeItems(invitee, event)) if (isWithin(window, item.occurredAt)) yield item
        }
      }
    }
  }
}

/** Nothing tells when a missed meeting was marked, nor when somebody joined a group, but by looking at the invitees. */
function mayConcern(event: ScheduledEvent, { from, to }: Window): boolean {
  const changed = event.updated_at ?? event.created_at
  const isGroup = event.invitees_counter?.limit !== 1
  return !changed || isGroup || Date.parse(changed) >= from.getTime() || Date.parse(event.start_time) < to.getTime()
}
