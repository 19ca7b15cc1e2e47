import { defaultSettings } from '../settings.ts'
import { memoryStateLog } from '../state-log.ts'
import type { CallRecord } from './call-record.ts'
import type { CallScript } from './call-script.ts'
import { noTime } from './line-time.ts'
import { sidOf } from './sids.ts'
import { createTwilioLine } from './twilio-line.ts'
import { createTwilioStore } from './twilio-store.ts'

export interface CallSetting {
  accountSid: string
  authToken: string
  /** Makes the ids of the call. */
  seed: string
  now: () => Date
}

/** Runs a call from its first request to its last callback, as fast as the app answers, in an account of its own. */
export const runCall = async (script: CallScript, setting: CallSetting): Promise<CallRecord> => {
  const clock = { now: setting.now, advance: () => undefined }
  const stopping = new AbortController().signal
  const line = createTwilioLine({
    ...setting,
    clock,
    settings: { ...defaultSettings },
    store: createTwilioStore(memoryStateLog(), clock, setting.seed),
    time: noTime,
    stopping
  })
  const record = await line.receiveCall(script, sidOf('CA', setting.seed)).ended
  await line.callbacks.settled()
  return record
}
