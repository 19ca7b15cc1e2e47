import { createHash } from 'node:crypto'
import { derivedId } from '@leadlog/contracts'
import { cutAtWord } from '../mapping/format-value.ts'
import type { NoteText } from './note-content.ts'

export type NoteKind = 'booking' | 'meeting'

export interface FinishedNote {
  readonly noteId: string
  readonly title: string
  /** Ends with the reference. */
  readonly content: string
}

/** Enough of the digest to tell the notes of one record apart, short enough to be read aloud. */
const REFERENCE_LENGTH = 8
/** Zoho's limit, the smallest of the supported CRMs. */
const MAX_TITLE_LENGTH = 120

/**
 * The note as the CRM takes it. The same content for the same lead gives the same id, whichever of the lead's meetings
 * and deliveries it came from; the reference at the end depends on nothing but the content.
 */
export function finishedNote(
  leadId: string,
  kind: NoteKind,
  { title, body }: NoteText,
  maxLength: number
): FinishedNote {
  const digest = createHash('sha256')
    .update(JSON.stringify([kind, title, body]))
    .digest('hex')
  const ending = `\n\n${REFERENCE_START}${digest.slice(0, REFERENCE_LENGTH)}`
  return {
    noteId: derivedId('crm-note', leadId, kind, digest),
    title: cutAtWord(title, MAX_TITLE_LENGTH),
    content: cutAtWord(body, maxLength - ending.length) + ending
  }
}

const REFERENCE_START = 'Ref: LL-'

/** The line at the end of a note by which it is found again when the answer to writing it was lost. */
export function referenceIn(content: string): string {
  return content.slice(content.lastIndexOf(REFERENCE_START))
}
