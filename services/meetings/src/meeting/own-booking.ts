import { derivedId } from '@leadlog/contracts'

const PREFIX = 'leadlog:booking:'

/** The URI of a booking that is made here, because of a command. */
export function ownBookingUri(commandId: string): string {
  return `${PREFIX}${derivedId('own-booking', commandId)}`
}

/** Whether it was made here and not at a calendar of others. */
export function isOwnBooking(uri: string): boolean {
  return uri.startsWith(PREFIX)
}
