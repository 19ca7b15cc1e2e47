/** How the URIs of bookings begin that are made here, by a command, and not at a calendar of others. */
export const OWN_BOOKING_PREFIX = 'leadlog:booking:'

/** Whether a booking was made here. */
export function isOwnBooking(uri: string): boolean {
  return uri.startsWith(OWN_BOOKING_PREFIX)
}
