import { Type } from '@sinclair/typebox'
import { defineCommand } from '../command/define-command.ts'
import { AggregateId } from '../scalars.ts'

export const DeleteRecording = defineCommand({
  service: 'telephony',
  name: 'DeleteRecording',
  description: 'Deletes the sound of a recording, here and at Twilio. What was transcribed stays.',
  data: Type.Object(
    {
      recordingId: AggregateId,
      reason: Type.String({ minLength: 3, maxLength: 500, description: 'why; free of personal data' })
    },
    { additionalProperties: false }
  ),
  result: Type.Object({ recordingId: Type.String() }),
  refusals: {
    TELEPHONY_RECORDING_UNKNOWN: 'no recording with this id was stored',
    TELEPHONY_RECORDING_DELETED: 'the recording is deleted already'
  }
})
