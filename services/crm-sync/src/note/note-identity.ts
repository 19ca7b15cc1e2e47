import { createHash } from 'node:crypto'
import { derivedId } from '@leadlog/contracts'
import { cutAtWord } from '../mapping/format-value.ts'
import type { NoteText } from './note-content.ts'

export type NoteKind = 'booking' | 'meeting'

/** A note as it was made from one meeting. */
export interface DraftNote extends NoteText {
  readonly noteId: string
  readonly kind: NoteKind
  readonly meetingId: string
  /** Of the content alone: the same in every run and for every lead. */
  readonly digest: string
}

/** Enough of the digest to tell the notes of one record apart, short enough to be read aloud. */
const REFERENCE_LENGTH = 8
const REFERENCE_START = 'Ref: LL-'
/** Zoho's limit, the smallest of the supported CRMs. */
const MAX_TITLE_LENGTH = 120

/** The same content of the same meeting gives the same note, however often it is read. */
export function draftNote(leadId: string, meetingId: string, kind: NoteKind, text: NoteText): DraftNote {
  const digest = createHash('sha256')
    .update(JSON.stringify([kind, text.title, text.body]))
    .digest('hex')
  return { ...text, noteId: derivedId('crm-note', leadId, meetingId, kind, digest), kind, meetingId, digest }
}

/**
 * The note as the CRM takes it: title and body within their lengths, the reference whole at the end. The reference
 * tells the content; where the record has notes of the same content already, as of a demo booked twice with the same
 * answers, also which of them it is.
 */
export function finishedNote(
  { title, body, digest }: DraftNote,
  references: readonly string[],
  maxLength: number
): { title: string; content: string } {
  const first = REFERENCE_START + digest.slice(0, REFERENCE_LENGTH)
  const same = references.filter((reference) => reference === first || reference.startsWith(`${first}-`)).length
  const ending = `\n\n${same === 0 ? first : `${first}-${same + 1}`}`
  return { title: cutAtWord(title, MAX_TITLE_LENGTH), content: cutAtWord(body, maxLength - ending.length) + ending }
}

/** The line at the end of a note by which it is found again when the answer to writing it was lost. */
export function referenceIn(content: string): string {
  return content.slice(content.lastIndexOf(REFERENCE_START))
}

/** True where the note ends with exactly this reference, whatever white space the CRM left behind it. */
export function hasReference(content: string, reference: string): boolean {
  return content.trimEnd().split('\n').at(-1)?.trim() === reference
}
