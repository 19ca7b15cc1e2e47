import {
  CallAdvanced,
  CallConnected,
  CallEnded,
  CallNotPlaced,
  CallNotTranscribed,
  CallReceived,
  CallRequested,
  CallTranscribed,
  isEvent,
  RecordingDeleted,
  RecordingStored,
  RecordingUnavailable,
  type DataOf,
  type NotPlacedReason,
  type RecordedEvent
} from '@leadlog/contracts'
import type { TimelineEntry } from './timeline-entry.ts'

const NOT_PLACED: Readonly<Record<NotPlacedReason, string>> = {
  suppressed: 'they are not to be called',
  'quiet-hours': 'it is night where they are',
  canceled: 'it was taken back',
  'too-late': 'its time had passed',
  refused: 'Twilio refused'
}

/** What a timeline says of a call's events. Of the steps in between only those that leave something to do. */
export function callEntry(event: RecordedEvent): TimelineEntry | null {
  if (isEvent(event, CallReceived)) {
    const { from, to, flow, receivedAt } = event.data
    return entry(`Called ${to}`, [from, flow?.flowId].filter(Boolean).join(', '), receivedAt)
  }
  if (isEvent(event, CallRequested)) {
    const { to, why, requestedAt } = event.data
    return entry('A call to them was asked for', [to, why].filter(Boolean).join(': '), requestedAt)
  }
  if (isEvent(event, CallNotPlaced)) {
    const { reason, code, at } = event.data
    return entry(`Not called: ${NOT_PLACED[reason]}`, code, at)
  }
  if (isEvent(event, CallConnected)) {
    const { answeredBy, connectedAt } = event.data
    const machine = answeredBy?.startsWith('machine') === true || answeredBy === 'fax'
    return entry(machine ? 'A machine took our call' : 'Took our call', null, connectedAt)
  }
  if (isEvent(event, CallAdvanced)) {
    const { steps, at } = event.data
    const recorded = steps.some(({ kind, outcome }) => kind === 'voicemail' && outcome === 'recorded')
    return recorded ? entry('Left a message', null, at) : null
  }
  if (isEvent(event, CallEnded)) {
    const { direction, status, durationSeconds, endedAt, reason } = event.data
    const way = direction === 'inbound' ? 'Call' : 'Call to them'
    const length = durationSeconds === null ? null : lengthOf(durationSeconds)
    const detail = reason === 'unknown-at-twilio' ? 'Twilio knows nothing of it' : length
    return entry(`${way} ended: ${status.replaceAll('-', ' ')}`, detail, endedAt)
  }
  return recordingEntry(event)
}

const DELETED = { retention: 'its time was over', request: 'somebody asked' }

function recordingEntry(event: RecordedEvent): TimelineEntry | null {
  if (isEvent(event, RecordingStored)) {
    const { durationSeconds, storedAt } = event.data
    return entry('Recording kept', durationSeconds === null ? null : lengthOf(durationSeconds), storedAt)
  }
  if (isEvent(event, RecordingUnavailable)) return entry('No recording', event.data.reason, event.data.at)
  if (isEvent(event, RecordingDeleted)) {
    const { reason, note, deletedAt } = event.data
    // It comes after its person was erased: there is no timeline any more on which it could stand.
    if (reason === 'erasure') return null
    return entry('Recording deleted', note ?? DELETED[reason], deletedAt)
  }
  if (isEvent(event, CallTranscribed)) {
    const { segments, call, endedAt } = event.data
    const title = segments.length === 0 ? 'Nobody spoke in the recording' : 'What was said'
    return { kind: 'call', title, detail: spokenIn(segments), at: endedAt, source: call.provider }
  }
  if (isEvent(event, CallNotTranscribed)) {
    const { reason, code } = event.data
    if (reason === 'not-configured') return null
    return entry('Not transcribed', code ?? reason, event.time)
  }
  return null
}

const SPEAKERS = { customer: 'They', us: 'We', unknown: 'Somebody' }
/** The whole stands with the call. */
const LONGEST_WORDS = 600

function spokenIn(segments: DataOf<typeof CallTranscribed>['segments']): string | null {
  const turns = segments.map(({ speaker, words }, index) =>
    segments[index - 1]?.speaker === speaker ? words : `${SPEAKERS[speaker]}: ${words}`
  )
  const text = turns.join(' ')
  if (text === '') return null
  return text.length <= LONGEST_WORDS ? text : `${text.slice(0, LONGEST_WORDS - 1).trimEnd()}…`
}

function lengthOf(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  return minutes === 0 ? `${seconds} s` : `${minutes} min ${seconds % 60} s`
}

function entry(title: string, detail: string | null, at: string): TimelineEntry {
  return { kind: 'call', title, detail: detail === '' ? null : detail, at, source: 'twilio' }
}
