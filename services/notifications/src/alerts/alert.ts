import {
  AlertSent,
  derivedId,
  isEvent,
  type AggregateRef,
  type DataOf,
  type DeadLettered,
  type RecordedEvent
} from '@leadlog/contracts'

/** A terminal failure as people are told of it. */
export interface Failure {
  readonly deadLetterId: string
  readonly at: string
  readonly data: DataOf<typeof DeadLettered>
}

/** One message to people: about one failure, or about a storm of the same kind. */
export interface Alert {
  readonly alertId: string
  readonly fingerprint: string
  readonly failures: readonly Failure[]
}

/** This many failures of one kind within the window are told one by one; more is a storm. */
export const SINGLE_ALERTS_PER_WINDOW = 3
/** A storm is told once per this time, with its count. People read a channel, they do not drink from it. */
export const WINDOW_MS = 60_000

/** The alerts of one kind of failure. */
export function alertRef(fingerprint: string): AggregateRef {
  return { context: 'notifications', aggregate: 'alert', id: derivedId('alert', fingerprint) }
}

/** What was told so far about one kind of failure. */
export interface AlertHistory {
  readonly toldIds: ReadonlySet<string>
  /** When messages were sent, newest last, Unix milliseconds. */
  readonly sentAt: readonly number[]
}

export function alertHistory(events: readonly RecordedEvent[]): AlertHistory {
  const sent = events.flatMap((event) => (isEvent(event, AlertSent) ? [event] : []))
  return {
    toldIds: new Set(sent.flatMap((event) => event.data.deadLetterIds)),
    sentAt: sent.map((event) => Date.parse(event.time))
  }
}

/** What to send, and how long to wait before that, in milliseconds. */
export interface AlertPlan {
  readonly alerts: readonly Alert[]
  readonly waitMs: number
}

/** Plans the messages for failures of one kind that were not told yet. Pure. */
export function planAlerts(
  fingerprint: string,
  failures: readonly Failure[],
  history: AlertHistory,
  now: number
): AlertPlan {
  const untold = failures.filter((failure) => !history.toldIds.has(failure.deadLetterId))
  const recent = history.sentAt.filter((at) => now - at < WINDOW_MS)
  if (untold.length === 0) return { alerts: [], waitMs: 0 }
  if (recent.length + untold.length <= SINGLE_ALERTS_PER_WINDOW) {
    return { alerts: untold.map((failure) => alertOf(fingerprint, [failure])), waitMs: 0 }
  }
  const newest = recent.at(-1)
  return { alerts: [alertOf(fingerprint, untold)], waitMs: newest === undefined ? 0 : newest + WINDOW_MS - now }
}

function alertOf(fingerprint: string, failures: readonly Failure[]): Alert {
  const ids = failures.map((failure) => failure.deadLetterId)
  return { alertId: derivedId('alert-message', fingerprint, ...ids), fingerprint, failures }
}
