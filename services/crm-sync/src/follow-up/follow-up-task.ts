import { derivedId, type DataOf, type MeddicExtracted, type ObjectValues } from '@leadlog/contracts'

const DAY_MS = 86_400_000
/** Days of the week, as Date counts them. */
const SATURDAY = 6
const SUNDAY = 0
/** The subject of a task is a line; the whole stands in the note. */
const LONGEST_SUBJECT = 120

/** One follow-up for each meeting or sales call of a lead, however often it is read. A call's id stands for the meeting's. */
export function followUpKey(leadId: string, meetingId: string): string {
  return derivedId('crm-follow-up', leadId, meetingId)
}

/**
 * The task that follows from what was agreed in a meeting; null where nothing was. It is due so many days after the
 * meeting's end, on a working day.
 */
export function followUpTask(
  { meddic, observedAt }: DataOf<typeof MeddicExtracted>,
  days: number
): ObjectValues | null {
  const agreed = meddic.nextSteps.trim()
  if (agreed === '') return null
  const risks = meddic.risks.trim()
  return {
    subject: subjectOf(agreed),
    dueDate: workingDay(Date.parse(observedAt) + days * DAY_MS),
    note: [`Agreed: ${agreed}`, ...(risks === '' ? [] : [`Risks: ${risks}`])].join('\n')
  }
}

function subjectOf(agreed: string): string {
  const line = `Follow up: ${agreed.replaceAll(/\s+/g, ' ')}`
  return line.length <= LONGEST_SUBJECT ? line : `${line.slice(0, LONGEST_SUBJECT - 1).trimEnd()}…`
}

/** The day of the time, or the Monday after it. */
function workingDay(time: number): string {
  const day = new Date(time).getUTCDay()
  const later = day === SATURDAY ? 2 : day === SUNDAY ? 1 : 0
  return new Date(time + later * DAY_MS).toISOString().slice(0, 10)
}
