import {
  isEvent,
  NoteQueued,
  NoteWritten,
  OutcomeUnknown,
  PermanentError,
  RecordWritten,
  TransientError,
  WriteRefused,
  WriteSimulated,
  type EventOf,
  type NewEvent
} from '@leadlog/contracts'
import { defineReactor, type HandlerContext } from '@leadlog/service'
import type { CrmProvider } from '../crm-provider.ts'
import type { RecordTarget } from '../record/queue-writes.ts'
import { recordRef, recordStateOf, type RecordState, type WaitingNote } from '../record/record.ts'
import { referenceIn } from './note-identity.ts'
import {
  decideNoteRefused,
  decideNoteSimulated,
  decideNoteUnknown,
  decideNoteWritten,
  noteEffectKey
} from './note-outcomes.ts'
import type { NoteWriter } from './note-writer.ts'

export interface WriteNotesDeps {
  readonly notes: NoteWriter
  /** Where notes go now, wherever they were to go when they were queued. */
  readonly target: RecordTarget
  readonly noteValues: CrmProvider['noteValues']
  /** Nothing is sent; what would be sent is recorded. */
  readonly dryRun: boolean
}

type Trigger = EventOf<typeof NoteQueued> | EventOf<typeof RecordWritten>

/** With the records' calls together below the ten at once that Zoho's smallest paid edition allows. */
const NOTES_AT_ONCE = 5

/**
 * Queued notes → notes of the CRM record. A note that comes before its record needs no waiting: the record's first
 * write brings it up again.
 */
export const writeNotes = defineReactor({
  name: 'write-notes',
  on: [NoteQueued, RecordWritten],
  emits: [NoteWritten, WriteSimulated, WriteRefused, OutcomeUnknown],
  pausedBy: 'crm-writes',
  concurrency: NOTES_AT_ONCE,
  handle: async (event, deps: WriteNotesDeps, context) => {
    const { leadId } = event.data
    const record = await context.load(recordRef(leadId))
    const state = recordStateOf(record.events, deps.target.provider)
    const failures: unknown[] = []
    for (const note of dueNotes(event, state)) {
      await writeNote({ ...note, ...deps.target }, state, deps, context).catch((error: unknown) => failures.push(error))
    }
    if (failures.length > 0) throw mostHopeful(failures)
  }
})

/** Its own note for a queued one; for a written record all that wait, without those that were refused before. */
function dueNotes(event: Trigger, { notes }: RecordState): readonly WaitingNote[] {
  return isEvent(event, NoteQueued)
    ? notes.filter(({ noteId }) => noteId === event.data.noteId)
    : notes.filter(({ refusedBy }) => refusedBy === null || refusedBy === event.id)
}

/** While one note may still succeed the message must come again; those that are finished are then left alone. */
function mostHopeful(failures: readonly unknown[]): unknown {
  return failures.find((error) => !(error instanceof PermanentError)) ?? failures[0]
}

async function writeNote(
  note: WaitingNote,
  { crmId, refusals, unknownOutcomes }: RecordState,
  { notes, noteValues, dryRun }: WriteNotesDeps,
  context: HandlerContext
): Promise<void> {
  const append = (step: string, events: readonly NewEvent[]) =>
    context.transact({
      step: `${step}/${note.noteId}`,
      load: [recordRef(note.leadId)],
      decide: ([history]) =>
        recordStateOf(history?.events ?? [], note.provider).notes.some(({ noteId }) => noteId === note.noteId)
          ? events
          : []
    })
  if (dryRun) {
    await append('simulated', decideNoteSimulated(note, noteValues(note)))
    return
  }
  if (crmId === null) return
  const effectKey = noteEffectKey(note)
  const { title, content, module } = note
  const lane = context.attempt > 1 && note.lane === 'live' ? 'retry' : note.lane
  const result = await notes.write(
    module,
    { effectKey, crmId, title, content, reference: referenceIn(content), causedAt: new Date(note.queuedAt) },
    { lane, signal: context.signal }
  )
  const { outcome } = result
  switch (outcome.kind) {
    case 'written':
      await append('written', decideNoteWritten(note, crmId, outcome.crmNoteId, result))
      return
    case 'refused':
      await append(`refused-${refusals}`, decideNoteRefused(note, outcome, result.httpStatus))
      throw new PermanentError(
        'CRM_SYNC_NOTE_REFUSED',
        `The CRM refused a note of lead ${note.leadId}: ${outcome.message}. Correct the cause, then retry`
      )
    case 'unknown':
      await append(`unknown-${unknownOutcomes}`, decideNoteUnknown(note, effectKey, outcome.reason))
      throw new TransientError(
        'CRM_SYNC_OUTCOME_UNKNOWN',
        `No answer tells whether a note of lead ${note.leadId} was written (${outcome.reason}); it is looked up before it is written again`,
        { countsAsAttempt: outcome.vendorAway !== true }
      )
    case 'failed':
      throw outcome.error
  }
}
