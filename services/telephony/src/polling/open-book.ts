import {
  CallAdvanced,
  CallEnded,
  CallRecordingReported,
  isEvent,
  SmsSent,
  SmsStatusReported,
  type RecordedEvent
} from '@leadlog/contracts'

/** Something at Twilio of which more should have been heard by a time. */
export interface Open {
  readonly kind: 'call' | 'message' | 'recordings'
  /** The call's or the message's own id. */
  readonly id: string
  /** Twilio's. */
  readonly sid: string
  /** When Twilio is asked, in milliseconds. */
  readonly dueAt: number
  /** How often it was asked in vain since there was news. */
  readonly asked: number
  /** How often in a row Twilio said that there is no such thing. */
  readonly missing: number
}

/** What is open at Twilio, as far as the log tells. */
export interface OpenBook {
  take(event: RecordedEvent): void
  /** What has been silent too long, the longest first. */
  due(now: number): readonly Open[]
  /** Twilio had nothing new: it is asked again later, each time after a longer while. */
  askedInVain(open: Open, now: number): void
  /** Twilio says that there is no such thing: it is asked again as after any question in vain. @returns how often it said so */
  saidMissing(open: Open, now: number): number
  /** Nothing more is to be learnt. */
  close(open: Open): void
  readonly size: number
}

interface KnownCall {
  sid: string | null
  ended: boolean
  /** Steps that may have left a recording, and the recordings of which the last was heard. */
  recordingSteps: number
  readonly recordings: Set<string>
}

/** Statuses of a message after which none follows, but for `read`. */
const MESSAGE_ENDS: ReadonlySet<string> = new Set(['delivered', 'undelivered', 'failed', 'canceled', 'read'])

/** Statuses of a recording after which none follows. */
export const RECORDING_ENDS: ReadonlySet<string> = new Set(['completed', 'absent', 'failed'])

/** Steps of a flow that may leave a recording. */
const RECORDING_STEPS: ReadonlySet<string> = new Set(['voicemail', 'dial', 'conference'])

/** Calls last hours at the most; an hour is soon enough for one that is talked on. */
const MOST_WAIT_MS = 3_600_000

/** Of older calls nothing is heard any more that could be mistaken for the beginning of one. */
const MOST_CALLS = 50_000

/** @param pollAfterMs how long something may be silent before Twilio is asked */
export function createOpenBook(pollAfterMs: number): OpenBook {
  const open = new Map<string, Open>()
  const calls = new Map<string, KnownCall>()
  const key = ({ kind, id }: Pick<Open, 'kind' | 'id'>): string => `${kind} ${id}`
  const expectFrom = (kind: Open['kind'], id: string, sid: string, since: string): void => {
    open.set(key({ kind, id }), { kind, id, sid, dueAt: Date.parse(since) + pollAfterMs, asked: 0, missing: 0 })
  }

  const callOf = (callId: string): KnownCall => {
    const call = calls.get(callId) ?? { sid: null, ended: false, recordingSteps: 0, recordings: new Set() }
    calls.set(callId, call)
    for (const [oldest] of calls) {
      if (calls.size <= MOST_CALLS) break
      calls.delete(oldest)
    }
    return call
  }

  const takeCall = (event: RecordedEvent, callId: string, callSid: unknown): void => {
    const call = callOf(callId)
    if (typeof callSid === 'string') call.sid = callSid
    if (isEvent(event, CallAdvanced)) {
      call.recordingSteps += event.data.steps.filter(({ kind }) => RECORDING_STEPS.has(kind)).length
    }
    if (isEvent(event, CallRecordingReported) && RECORDING_ENDS.has(event.data.status)) {
      call.recordings.add(event.data.recordingSid)
    }
    if (isEvent(event, CallEnded)) call.ended = true
    if (call.sid === null) return
    if (!call.ended) return expectFrom('call', callId, call.sid, event.time)
    open.delete(key({ kind: 'call', id: callId }))
    if (call.recordings.size >= call.recordingSteps) open.delete(key({ kind: 'recordings', id: callId }))
    else if (isEvent(event, CallEnded)) expectFrom('recordings', callId, call.sid, event.time)
  }

  const later = (asked: Open, now: number, missed: (missing: number) => number): number => {
    const current = open.get(key(asked))
    if (current === undefined) return 0
    const wait = Math.min(pollAfterMs * 2 ** (current.asked + 1), Math.max(MOST_WAIT_MS, pollAfterMs))
    const missing = missed(current.missing)
    open.set(key(asked), { ...current, dueAt: now + wait, asked: current.asked + 1, missing })
    return missing
  }

  return {
    take(event) {
      if (isEvent(event, SmsSent)) return expectFrom('message', event.data.messageId, event.data.messageSid, event.time)
      if (isEvent(event, SmsStatusReported)) {
        const { messageId, messageSid, status } = event.data
        if (MESSAGE_ENDS.has(status)) open.delete(key({ kind: 'message', id: messageId }))
        else expectFrom('message', messageId, messageSid, event.time)
        return
      }
      const { callId, callSid } = event.data as { callId?: unknown; callSid?: unknown }
      if (typeof callId === 'string') takeCall(event, callId, callSid)
    },
    due: (now) => [...open.values()].filter(({ dueAt }) => dueAt <= now).sort((a, b) => a.dueAt - b.dueAt),
    askedInVain: (asked, now) => void later(asked, now, () => 0),
    saidMissing: (asked, now) => later(asked, now, (missing) => missing + 1),
    close: (closed) => void open.delete(key(closed)),
    get size() {
      return open.size
    }
  }
}
