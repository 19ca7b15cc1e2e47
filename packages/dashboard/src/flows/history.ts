/** What was done to something, and what was taken back of it. */
export interface History<T> {
  readonly past: readonly T[]
  readonly now: T
  readonly future: readonly T[]
  /** What the last change was about: another one of the same follows it as one step. */
  readonly about: string | null
}

/** So many steps back are kept. */
const MOST_STEPS = 200

export function historyOf<T>(now: T): History<T> {
  return { past: [], now, future: [], about: null }
}

/**
 * A change. With `about`, changes that follow each other and are about the same, such as letters typed into a field, are
 * taken back at once.
 */
export function changed<T>(history: History<T>, next: T, about: string | null = null): History<T> {
  if (next === history.now) return history
  const isSame = about !== null && about === history.about
  const past = isSame ? history.past : [...history.past, history.now].slice(-MOST_STEPS)
  return { past, now: next, future: [], about }
}

export function undone<T>(history: History<T>): History<T> {
  const now = history.past.at(-1)
  if (now === undefined) return history
  return { past: history.past.slice(0, -1), now, future: [history.now, ...history.future], about: null }
}

export function redone<T>(history: History<T>): History<T> {
  const [now, ...future] = history.future
  if (now === undefined) return history
  return { past: [...history.past, history.now], now, future, about: null }
}
