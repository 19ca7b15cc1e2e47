import { FlagSwitched, isEvent, type AggregateRef, type FlagName, type RecordedEvent } from '@leadlog/contracts'

/** Where the switches of a flag are recorded. */
export function flagRef(flag: FlagName): AggregateRef {
  return { context: 'operations', aggregate: 'flag', id: flag }
}

/** How a flag stands by its history: on, until somebody switches it off. `before` is how it stood before that history. */
export function isFlagOn(history: readonly RecordedEvent[], before = true): boolean {
  return history.reduce((on, event) => (isEvent(event, FlagSwitched) ? event.data.to === 'on' : on), before)
}
