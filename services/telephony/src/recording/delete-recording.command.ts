import { DeleteRecording, RecordingDeleted } from '@leadlog/contracts'
import { defineCommandHandler } from '@leadlog/service'
import type { TelephonyDeps } from '../deps.ts'
import { recordingDeleted, recordingUnknown } from '../errors.ts'
import { deleteSound } from './delete-recording.ts'
import { recordingOf, recordingRef } from './recording.ts'

/** Somebody wants the sound of a recording gone. */
export const deleteRecordingCommand = defineCommandHandler({
  command: DeleteRecording,
  emits: [RecordingDeleted],
  handle: async ({ recordingId, reason }, { files, recordings }: TelephonyDeps, context) => {
    const ref = recordingRef(recordingId)
    const { events } = await context.load(ref)
    const { stored, deleted } = recordingOf(events)
    if (stored === null) return recordingUnknown(recordingId)
    const isOwn = events.some(
      ({ causationid, type }) => type === RecordingDeleted.type && causationid === context.cause.id
    )
    if (deleted !== null && !isOwn) return recordingDeleted(recordingId)
    await deleteSound(files, events, { reason: 'request', note: reason, deletedAt: context.sentAt }, async (decide) => {
      await context.transact({ load: [ref], decide: ([history]) => decide(history?.events ?? []) })
      recordings.inc({ outcome: 'deleted' })
    })
    return { recordingId }
  }
})
