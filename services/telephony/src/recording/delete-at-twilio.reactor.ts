import {
  isEvent,
  newEvent,
  RecordingDeleted,
  RecordingStored,
  RecordingUnavailable,
  TwilioRecordingDeleted
} from '@leadlog/contracts'
import { requestDigest } from '@leadlog/outbound'
import { defineReactor } from '@leadlog/service'
import type { TelephonyDeps } from '../deps.ts'
import { recordingOf, recordingRef } from './recording.ts'

/**
 * What is deleted here goes at Twilio too; with the setting, also what is stored here. Deleting is the same however often it
 * is done, with a ledger or without.
 */
export const deleteAtTwilio = defineReactor({
  name: 'delete-at-twilio',
  on: [RecordingStored, RecordingDeleted, RecordingUnavailable],
  emits: [TwilioRecordingDeleted],
  concurrency: 4,
  handle: async (event, { sounds, effects, deleteRecordingsAtTwilio }: TelephonyDeps, context) => {
    const isWanted =
      isEvent(event, RecordingDeleted) ||
      (isEvent(event, RecordingStored) && deleteRecordingsAtTwilio) ||
      (isEvent(event, RecordingUnavailable) && event.data.reason === 'erased')
    if (!isWanted || sounds === null) return
    const { recordingId, callId, personId, recordingSid } = event.data
    const ref = recordingRef(recordingId)
    if (recordingOf((await context.load(ref)).events).goneAtTwilio) return
    const perform = async () => {
      await sounds.deleteRecording(recordingSid)
      return {}
    }
    if (effects === null) await perform()
    else {
      await effects.run({
        vendor: 'twilio',
        operation: 'delete-recording',
        policy: 'upsert',
        key: `delete-recording/${recordingId}`,
        digest: requestDigest({ recordingSid }),
        perform
      })
    }
    const at = context.clock.now().toISOString()
    await context.transact({
      load: [ref],
      decide: ([history]) =>
        recordingOf(history?.events ?? []).goneAtTwilio
          ? []
          : [newEvent(TwilioRecordingDeleted, recordingId, { recordingId, callId, personId, recordingSid, at })]
    })
  }
})
