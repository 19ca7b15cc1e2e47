import { createHash } from 'node:crypto'
import { derivedId } from '@leadlog/contracts'
import { cutAtWord } from '../mapping/format-value.ts'
import type { NoteText } from './note-content.ts'

export type NoteKind = 'booking' | 'meeting'

/** Enough of the id to tell the notes of one record apart, short enough to be read aloud. */
const REFERENCE_LENGTH = 8
/** Zoho's limit, the smallest of the supported CRMs. */
const MAX_TITLE_LENGTH = 120

/** The same content of the same meeting gives the same id, whoever computes it and however often. */
export function noteIdOf(meetingId: string, kind: NoteKind, { title, body }: NoteText): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([title, body]))
    .digest('hex')
  return derivedId('crm-note', meetingId, kind, digest)
}

/** The line at the end of a note by which it is found again when the answer to writing it was lost. */
export function noteReference(noteId: string): string {
  return `Ref: LL-${noteId.slice(0, REFERENCE_LENGTH)}`
}

/** The note as the CRM takes it: title and body within their lengths, the reference whole at the end. */
export function finishedNote(
  noteId: string,
  { title, body }: NoteText,
  maxLength: number
): { title: string; content: string } {
  const ending = `\n\n${noteReference(noteId)}`
  return {
    title: cutAtWord(title, MAX_TITLE_LENGTH),
    content: cutAtWord(body, maxLength - ending.length) + ending
  }
}
