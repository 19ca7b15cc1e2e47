/** Long enough that the handful of events of one webhook is not taken for a flow. */
const WINDOW_MS = 1_000

/** More than this in a window and events come without a pause: whoever gathers them a little longer gathers many. */
const BUSY_EVENTS = 300

/** How thick events have been coming of late; what a reader's sieve leaves out is no event to it. */
export interface FlowRate {
  took(messages: readonly { readonly payload: unknown }[]): void
  readonly isBusy: boolean
}

/** @param now milliseconds of a clock that only goes forward */
export function createFlowRate(now: () => number): FlowRate {
  let taken: { at: number; events: number }[] = []
  const recent = (): typeof taken => {
    const since = now() - WINDOW_MS
    taken = taken.filter(({ at }) => at > since)
    return taken
  }
  return {
    took: (messages) => {
      const events = messages.filter(({ payload }) => payload !== null).length
      if (events > 0) recent().push({ at: now(), events })
    },
    get isBusy() {
      return recent().reduce((sum, { events }) => sum + events, 0) > BUSY_EVENTS
    }
  }
}
