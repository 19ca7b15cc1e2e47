import { newEvent, NoteWritten, OutcomeUnknown, WriteRefused, WriteSimulated, type NewEvent } from '@leadlog/contracts'
import type { CrmValues } from '../crm-provider.ts'
import type { WaitingNote } from '../record/record.ts'
import type { NoteWriteResult } from './note-writer.ts'

export function decideNoteWritten(
  note: WaitingNote,
  crmId: string,
  crmNoteId: string,
  { how, httpStatus, waitedMs, latencyMs }: NoteWriteResult
): NewEvent[] {
  return [
    newEvent(NoteWritten, note.leadId, {
      ...fieldsOf(note),
      noteId: note.noteId,
      crmId,
      crmNoteId,
      how,
      httpStatus,
      waitedMs: Math.round(waitedMs),
      latencyMs: Math.round(latencyMs)
    })
  ]
}

/** DRY_RUN: what would have been sent. */
export function decideNoteSimulated(note: WaitingNote, values: CrmValues): NewEvent[] {
  const details = { writeIds: [note.noteId], kind: 'note' as const, values, fieldNames: Object.keys(values) }
  return [newEvent(WriteSimulated, note.leadId, { ...fieldsOf(note), ...details })]
}

export function decideNoteRefused(
  note: WaitingNote,
  { code, field, message }: { code: string; field: string | null; message: string },
  httpStatus: number | null
): NewEvent[] {
  const details = { writeIds: [note.noteId], kind: 'note' as const, code, field, message, httpStatus }
  return [newEvent(WriteRefused, note.leadId, { ...fieldsOf(note), ...details })]
}

export function decideNoteUnknown(note: WaitingNote, effectKey: string, reason: string): NewEvent[] {
  const details = { writeIds: [note.noteId], kind: 'note' as const, effectKey, reason }
  return [newEvent(OutcomeUnknown, note.leadId, { ...fieldsOf(note), ...details })]
}

export function noteEffectKey({ provider, module, noteId }: WaitingNote): string {
  return ['note', provider, module, noteId].join(':')
}

function fieldsOf({ recordId, leadId, personId, provider, module }: WaitingNote) {
  return { recordId, leadId, personId, provider, module }
}
