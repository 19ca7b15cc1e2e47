import type { TwilioCall, TwilioMessage, TwilioRecording } from '@leadlog/twilio/rest'

type Fields = Readonly<Record<string, string>>

/** A call of the API as its status callback would have told it. */
export function callFields({ sid, status, direction, from, to, durationSeconds, endedAt }: TwilioCall): Fields {
  return {
    CallSid: sid,
    CallStatus: status,
    Direction: direction,
    From: from,
    To: to,
    ...(durationSeconds === null ? {} : { CallDuration: String(durationSeconds) }),
    ...(endedAt === null ? {} : { Timestamp: endedAt.toUTCString() })
  }
}

/** A message as its callback would have told it. */
export function messageFields({ sid, status, errorCode }: TwilioMessage): Fields {
  return { MessageSid: sid, MessageStatus: status, ...(errorCode === null ? {} : { ErrorCode: String(errorCode) }) }
}

/** A recording as its callback would have told it; one of a conference is taken for the call that is asked about. */
export function recordingFields(callSid: string, recording: TwilioRecording): Fields {
  const { sid, status, durationSeconds, channels, source, startedAt } = recording
  return {
    CallSid: callSid,
    RecordingSid: sid,
    RecordingStatus: status,
    ...(durationSeconds === null ? {} : { RecordingDuration: String(durationSeconds) }),
    ...(channels === null ? {} : { RecordingChannels: String(channels) }),
    ...(source === null ? {} : { RecordingSource: source }),
    ...(startedAt === null ? {} : { RecordingStartTime: startedAt.toUTCString() })
  }
}
