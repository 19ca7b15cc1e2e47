/** After a guess that was lost, so many transactions look first. */
const FIRST_PAUSE = 64
/** Where other processes keep writing the same aggregates, guessing is tried again this rarely. */
const LONGEST_PAUSE = 4_096

/**
 * Whether to decide on what is remembered of the histories. A guess that is right saves the look; one that is wrong
 * costs a refused append, and where that was in a batch with others, theirs is appended again too.
 */
export interface Guesses {
  /** Asked once for each transaction. */
  allowed(): boolean
  /** True from a lost guess on, until the next is allowed. */
  readonly paused: boolean
  won(): void
  lost(): void
}

export function createGuesses(): Guesses {
  let pause = FIRST_PAUSE
  let toWait = 0
  let wonInRow = 0
  return {
    get paused() {
      return toWait > 0
    },
    allowed() {
      if (toWait === 0) return true
      toWait -= 1
      return false
    },
    won() {
      wonInRow += 1
      if (wonInRow >= pause) pause = FIRST_PAUSE
    },
    lost() {
      toWait = pause
      pause = Math.min(pause * 2, LONGEST_PAUSE)
      wonInRow = 0
    }
  }
}
