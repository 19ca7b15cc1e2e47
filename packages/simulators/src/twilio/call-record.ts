import type { TwilioRequest } from './twilio-http.ts'

/** A call as it went. */
export interface CallRecord {
  sid: string
  from: string
  to: string
  status: string
  /** By the clock of the call: texts, pauses and waits take the time that they would take. */
  seconds: number
  /** What the caller heard and what was done, in order. */
  heard: readonly string[]
  requests: readonly TwilioRequest[]
  /** What was wrong with the answers. */
  problems: readonly string[]
  endedBy: 'caller' | 'flow' | 'error' | 'rejected' | 'api'
}
