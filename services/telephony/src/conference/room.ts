/** The room of a conference, as Twilio knows it: names are Twilio's to give ids to, so ours are in a space of their own. */
export function roomOf(conferenceId: string): string {
  return `conference-${conferenceId}`
}
