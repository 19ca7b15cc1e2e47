import { MeetingRecordingDeleted, PersonErased } from '@leadlog/contracts'
import { defineReactor } from '@leadlog/service'
import type { MeetingsDeps } from '../deps.ts'
import { deleteFile, recordingRef } from './recording.ts'

/** Erased persons → the recordings of their meetings are removed, which nobody can open any more anyway. */
export const deleteErasedMeetingRecordings = defineReactor({
  name: 'delete-erased-meeting-recordings',
  on: [PersonErased],
  emits: [MeetingRecordingDeleted],
  concurrency: 2,
  handle: async (event, { files }: MeetingsDeps, context) => {
    const deletedAt = context.clock.now().toISOString()
    for (const recordingId of event.data.recordingIds ?? []) {
      const ref = recordingRef(recordingId)
      const { events } = await context.load(ref)
      await deleteFile(files, events, { reason: 'erasure', deletedAt }, (decide) =>
        context.transact({ step: recordingId, load: [ref], decide: ([history]) => decide(history?.events ?? []) })
      )
    }
  }
})
