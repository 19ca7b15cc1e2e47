import { CallRecordingReported, newEvent, type DataOf, type Decider } from '@leadlog/contracts'
import { evolveCall, unknownCall, type Call } from './call.ts'

/** Takes down what Twilio says of a recording, each status once. */
export const reportRecording: Decider<Call, DataOf<typeof CallRecordingReported>> = {
  initialState: () => unknownCall,
  evolve: evolveCall,
  decide: (callback, call) =>
    call.recordings.get(callback.recordingSid)?.has(callback.status) === true
      ? []
      : [newEvent(CallRecordingReported, callback.callId, callback)]
}
