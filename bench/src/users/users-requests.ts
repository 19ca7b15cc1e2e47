import type { Moment } from '../scale/scale-requests.ts'

/** One person at the dashboard. */
export interface Person {
  readonly cookie: string
  readonly operator: boolean
  /** Rows that the person can see, by the name in a screen's addresses. */
  readonly rows: Readonly<Record<string, readonly string[]>>
}

export interface PeopleRequest {
  readonly gateway: string
  /** The bare route, for the same rows at the same time. */
  readonly bare: string
  readonly people: readonly Person[]
  /** So long after everybody has come. */
  readonly seconds: number
  /** How long somebody looks at a screen before the next one: any time in between. */
  readonly pause: { readonly fromMs: number; readonly toMs: number }
}

/** What all of them saw. */
export interface PeopleFigures {
  /** Milliseconds until the whole answer was there, by route. */
  readonly times: Readonly<Record<string, readonly number[]>>
  readonly bareTimes: readonly number[]
  /** Of the reads that are compared with the bare ones, by the same client in the same moments. */
  readonly besideTimes: readonly number[]
  /** Answers that were none, by what they were. */
  readonly errors: Readonly<Record<string, number>>
  /** Since when everybody was there; milliseconds since the epoch. What was before is not among the times. */
  readonly from: number
  /** All reads, those before it too. */
  readonly reads: number
  readonly notModified: number
  readonly bytes: number
  /** When each live stream showed which position of EVENTS, of those who see everything. */
  readonly live: readonly (readonly Shown[])[]
  /** When what each person looked at was read again because of a position, where it was. */
  readonly onScreen: readonly (readonly Shown[])[]
  /** Processor time of the people themselves. */
  readonly processorMs: number
}

/** A position of EVENTS and when it was seen; milliseconds since the epoch. */
export interface Shown {
  readonly sequence: number
  readonly at: number
}

export type PeopleRequests = {
  run(request: PeopleRequest): Promise<PeopleFigures>
}

export type BareRequests = {
  open(place: { databaseUrl: string }): Promise<{ url: string }>
}

/** Milliseconds from the log's acknowledgement of an event to each live stream that tells of it. */
export function liveDelays(moments: readonly Moment[], live: PeopleFigures['live']): number[] {
  const events = moments.filter(({ stream }) => stream === 'EVENTS')
  return live.flatMap((seen) =>
    events.flatMap(({ sequence, at }) => {
      const shown = seen.find((one) => one.sequence >= sequence)
      return shown === undefined ? [] : [Math.max(0, shown.at - at)]
    })
  )
}

/** Milliseconds from the log's acknowledgement of an event until what it changed was on the screen of who looked at it. */
export function screenDelays(moments: readonly Moment[], onScreen: PeopleFigures['onScreen']): number[] {
  const acknowledged = new Map(
    moments.flatMap(({ stream, sequence, at }) => (stream === 'EVENTS' ? [[sequence, at]] : []))
  )
  return onScreen.flatMap((seen) =>
    seen.flatMap(({ sequence, at }) => {
      const since = acknowledged.get(sequence)
      return since === undefined ? [] : [at - since]
    })
  )
}
