import { PersonErased, RecordingDeleted } from '@leadlog/contracts'
import { defineReactor } from '@leadlog/service'
import type { TelephonyDeps } from '../deps.ts'
import { deleteSound } from './delete-recording.ts'
import { recordingRef } from './recording.ts'

/** Erased persons → the sound of their calls is removed, which nobody can open any more anyway. */
export const deleteErasedRecordings = defineReactor({
  name: 'delete-erased-recordings',
  on: [PersonErased],
  emits: [RecordingDeleted],
  concurrency: 2,
  handle: async (event, { files, recordings }: TelephonyDeps, context) => {
    const deletedAt = context.clock.now().toISOString()
    for (const recordingId of event.data.recordingIds ?? []) {
      const ref = recordingRef(recordingId)
      const { events } = await context.load(ref)
      await deleteSound(files, events, { reason: 'erasure', note: null, deletedAt }, async (decide) => {
        await context.transact({
          step: recordingId,
          load: [ref],
          decide: ([history]) => decide(history?.events ?? [])
        })
        recordings.inc({ outcome: 'deleted' })
      })
    }
  }
})
