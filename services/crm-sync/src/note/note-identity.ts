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
  readonly reference: string
}

/** Enough of the digest to tell the notes of one record apart, short enough to be read aloud. */
const REFERENCE_LENGTH = 8
const REFERENCE_START = 'Ref: LL-'
/** Zoho's limit, the smallest of the supported CRMs. */
const MAX_TITLE_LENGTH = 120

/**
 * The same content for the same lead gives the same note, whichever meeting it was read of and however often. `number`
 * tells notes apart that are to be there several times, as of a demo booked twice with the same answers: 1 for the
 * first. The reference depends on content and number only, so it is the same in every run.
 */
export function draftNote(
  lead: { readonly leadId: string; readonly meetingId: string },
  kind: NoteKind,
  text: NoteText,
  number = 1
): DraftNote {
  const content = JSON.stringify([kind, text.title, text.body])
  const digest = createHash('sha256').update(content).digest('hex')
  const reference = referenceOf(content)
  return {
    ...text,
    noteId: derivedId('crm-note', lead.leadId, kind, digest, String(number)),
    kind,
    meetingId: lead.meetingId,
    reference: number === 1 ? reference : `${reference}-${number}`
  }
}

/** The line by which a note of this content is found again. */
export function referenceOf(content: string): string {
  return REFERENCE_START + createHash('sha256').update(content).digest('hex').slice(0, REFERENCE_LENGTH)
}

/** The note as the CRM takes it: title and body within their lengths, the reference whole at the end. */
export function finishedNote(
  { title, body, reference }: DraftNote,
  maxLength: number
): { title: string; content: string } {
  const ending = `\n\n${reference}`
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
