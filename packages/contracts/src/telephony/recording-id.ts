import { derivedId } from '../event/event-id.ts'

/** The id of a recording, of Twilio's: by it a call's recordings are found, as events name them. */
export function recordingIdOf(recordingSid: string): string {
  return derivedId('twilio-recording', recordingSid)
}
