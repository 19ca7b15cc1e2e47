import type { Lane } from '@leadlog/contracts'

/** A queued write or change as it was delivered. */
export interface Delivered<Data extends { readonly writeId: string; readonly lane: Lane }> {
  readonly data: Data
  /** 1 for the first delivery. */
  readonly attempt: number
}

type Waiting = readonly { readonly writeId: string }[]
type AnyDelivered = Delivered<{ readonly writeId: string; readonly lane: Lane }>

/** Which of the delivered writes still wait. */
export function openOf<One extends AnyDelivered>(delivered: readonly One[], waiting: Waiting): readonly One[] {
  const ids = new Set(waiting.map(({ writeId }) => writeId))
  return delivered.filter(({ data }) => ids.has(data.writeId))
}

/**
 * True where no earlier try of a waiting write can have reached the CRM without leaving an event, as after a crash:
 * only then is the last written state what the CRM holds for certain.
 */
export function isFirstTry(open: readonly AnyDelivered[], waiting: Waiting): boolean {
  const fresh = new Set(open.filter(({ attempt }) => attempt === 1).map(({ data }) => data.writeId))
  return waiting.every(({ writeId }) => fresh.has(writeId))
}

/** The lane of one call for all of them: a repetition lets what happens now go first. */
export function laneOfAll(open: readonly AnyDelivered[]): Lane {
  return mostUrgent(open.map(({ data, attempt }) => (attempt > 1 && data.lane === 'live' ? 'retry' : data.lane)))
}

export function mostUrgent(lanes: readonly Lane[]): Lane {
  return [...lanes].sort((a, b) => urgency[a] - urgency[b])[0] ?? 'bulk'
}

const urgency: Record<Lane, number> = { person: 0, live: 1, retry: 2, bulk: 3, replay: 4 }
