import type { SimulatorClock } from '../clock.ts'
import type { CallbackSender } from './callback-sender.ts'
import { rfc2822 } from './rfc2822.ts'
import type { TwilioRequest } from './twilio-http.ts'
import type { SimulatedRecording, Utterance } from './twilio-resources.ts'
import type { TwilioStore } from './twilio-store.ts'

/** What is known of a recording when it ends. */
export interface Recorded {
  callSid: string
  conferenceSid?: string
  seconds: number
  channels: 1 | 2
  source: string
  startedAt: Date
  said: readonly Utterance[]
  callback: string | undefined
  /** Which of in-progress, completed, absent are told; completed by default. */
  events?: readonly string[]
  onAnswer?: (request: TwilioRequest) => void
}

/** Takes recordings in, and tells of them. */
export interface RecordingDesk {
  /** A recording of no length is absent. */
  add(recorded: Recorded): SimulatedRecording
  /** As in a request: address and sid. */
  fields(recording: SimulatedRecording): { RecordingSid: string; RecordingUrl: string }
}

export const createRecordingDesk = (
  { accountSid, store, clock }: { accountSid: string; store: TwilioStore; clock: SimulatorClock },
  callbacks: CallbackSender
): RecordingDesk => {
  const fields = ({ sid }: SimulatedRecording): { RecordingSid: string; RecordingUrl: string } => ({
    RecordingSid: sid,
    RecordingUrl: `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Recordings/${sid}`
  })

  const tell = (recording: SimulatedRecording, { callback, onAnswer }: Recorded): void => {
    if (callback === undefined) return
    const { callSid, conferenceSid, status, seconds, channels, startedAt, source } = recording
    void callbacks.send(
      callback,
      {
        AccountSid: accountSid,
        ...(conferenceSid === null ? { CallSid: callSid } : { ConferenceSid: conferenceSid }),
        ...fields(recording),
        RecordingStatus: status,
        RecordingDuration: String(seconds),
        RecordingChannels: String(channels),
        RecordingStartTime: rfc2822(new Date(startedAt)),
        RecordingSource: source,
        RecordingTrack: 'both',
        ErrorCode: '0'
      },
      onAnswer
    )
  }

  return {
    fields,
    add: (recorded) => {
      const { callSid, conferenceSid, channels, source, startedAt, said, events = ['completed'] } = recorded
      const status = recorded.seconds > 0 ? 'completed' : 'absent'
      const seconds = status === 'absent' ? 0 : Math.max(1, Math.round(recorded.seconds))
      const at = clock.now().toISOString()
      const recording: SimulatedRecording = {
        sid: store.nextSid('RE'),
        callSid,
        conferenceSid: conferenceSid ?? null,
        status,
        createdAt: at,
        updatedAt: at,
        startedAt: startedAt.toISOString(),
        seconds,
        channels,
        source,
        said: [...said]
      }
      store.recordings.save(recording)
      if (events.includes(status)) tell(recording, recorded)
      return recording
    }
  }
}
