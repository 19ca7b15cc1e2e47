import { CallAdvanced, CallEnded, CallReceived, isEvent, type RecordedEvent } from '@leadlog/contracts'
import type { TimelineEntry } from './timeline-entry.ts'

/** What a timeline says of a call's events. Of the steps in between only those that leave something to do. */
export function callEntry(event: RecordedEvent): TimelineEntry | null {
  if (isEvent(event, CallReceived)) {
    const { from, to, flow, receivedAt } = event.data
    return entry(`Called ${to}`, [from, flow?.flowId].filter(Boolean).join(', '), receivedAt)
  }
  if (isEvent(event, CallAdvanced)) {
    const { steps, at } = event.data
    const recorded = steps.some(({ kind, outcome }) => kind === 'voicemail' && outcome === 'recorded')
    return recorded ? entry('Left a message', null, at) : null
  }
  if (isEvent(event, CallEnded)) {
    const { direction, status, durationSeconds, endedAt } = event.data
    const way = direction === 'inbound' ? 'Call' : 'Call to them'
    const length = durationSeconds === null ? null : lengthOf(durationSeconds)
    return entry(`${way} ended: ${status.replaceAll('-', ' ')}`, length, endedAt)
  }
  return null
}

function lengthOf(seconds: number): string {
  const minutes = Math.floor(seconds / 60)
  return minutes === 0 ? `${seconds} s` : `${minutes} min ${seconds % 60} s`
}

function entry(title: string, detail: string | null, at: string): TimelineEntry {
  return { kind: 'call', title, detail: detail === '' ? null : detail, at, source: 'twilio' }
}
