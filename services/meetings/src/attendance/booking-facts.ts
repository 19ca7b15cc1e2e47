import { loadMeeting } from '../meeting/load-meeting.ts'
import type { BookingFacts } from '../meeting/meeting.ts'

type Load = Parameters<typeof loadMeeting>[0]

/** A booking of a meeting; null where its details are not known. */
export async function bookingFactsOf(
  { load }: { readonly load: Load },
  meetingId: string,
  bookingUri: string
): Promise<BookingFacts | null> {
  const loaded = await loadMeeting(load, meetingId)
  return loaded?.meeting.bookings.get(bookingUri)?.facts ?? null
}
