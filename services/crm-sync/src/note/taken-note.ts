import { derivedId, ERASED_TEXT, type DataOf, type MeetingNoteTaken } from '@leadlog/contracts'
import { minuteOf } from './note-content.ts'
import { referenceOf, type DraftNote } from './note-identity.ts'

/**
 * What a person wrote down in a meeting. Each is a note of its own, other than what is read: who writes the same twice
 * means it. None for somebody who was erased.
 */
export function takenNote({
  personId,
  meetingId,
  noteId,
  text,
  takenAt
}: DataOf<typeof MeetingNoteTaken>): DraftNote | null {
  if (text === ERASED_TEXT) return null
  return {
    title: `Note in the meeting on ${minuteOf(takenAt)}`,
    body: text,
    noteId: derivedId('crm-note', personId, 'taken', noteId),
    kind: 'meeting',
    meetingId,
    reference: referenceOf(noteId)
  }
}
