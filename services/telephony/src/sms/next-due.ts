/** A message that waits. */
export interface Waiting {
  readonly messageId: string
  /** Our number. */
  readonly from: string
  /** In milliseconds. */
  readonly notBefore: number
  /** Its place in the log. */
  readonly order: number
}

/** What goes on already. */
export interface Underway {
  /** Messages in hand by number. */
  readonly inHand: ReadonlyMap<string, number>
  /** When a number had its last turn; absent: never. */
  readonly lastTurn: ReadonlyMap<string, number>
}

/** A number whose messages wait for its own rate must not take all hands. */
export const MOST_IN_HAND = 4

/**
 * The message that is next: of the number that has the fewest in hand and whose turn is the longest ago; of its messages the
 * one that was asked for first. So a long queue of one number does not hold up another's. Null where none is due. Pure.
 */
export function nextDue(waiting: Iterable<Waiting>, { inHand, lastTurn }: Underway, now: number): Waiting | null {
  let best: Waiting | null = null
  for (const one of waiting) {
    if (one.notBefore > now || (inHand.get(one.from) ?? 0) >= MOST_IN_HAND) continue
    if (best === null || comesBefore(one, best)) best = one
  }
  return best

  function comesBefore(a: Waiting, b: Waiting): boolean {
    const difference =
      (inHand.get(a.from) ?? 0) - (inHand.get(b.from) ?? 0) ||
      (lastTurn.get(a.from) ?? -1) - (lastTurn.get(b.from) ?? -1) ||
      a.order - b.order
    return difference < 0
  }
}
