/** How a meeting says that it is ours. In front, since lists show the first 250 characters of an agenda only. */
const PREFIX = 'Ref. '

/** Zoom takes no more. */
const LONGEST_AGENDA = 2_000

/** The agenda that a meeting is found again by. */
export function markedAgenda(marker: string, text: string | null): string {
  const agenda = text === null || text === '' ? `${PREFIX}${marker}` : `${PREFIX}${marker}\n\n${text}`
  return agenda.slice(0, LONGEST_AGENDA)
}

/** Whether the agenda is that of the marker; what people wrote behind it does not matter. */
export function hasMarker(agenda: string, marker: string): boolean {
  const line = agenda.split('\n', 1)[0]?.trim()
  return line === `${PREFIX}${marker}`
}
