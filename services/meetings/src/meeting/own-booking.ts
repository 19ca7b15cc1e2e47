import { derivedId, OWN_BOOKING_PREFIX } from '@leadlog/contracts'

/** The URI of a booking that is made here, because of a command. */
export function ownBookingUri(commandId: string): string {
  return `${OWN_BOOKING_PREFIX}${derivedId('own-booking', commandId)}`
}
