/** A note that the gateway has not said to be stored. */
export interface WaitingNote {
  /** The same at every try, so that it is stored once. */
  readonly key: string
  readonly text: string
  /** When it was written, ISO 8601. */
  readonly at: string
  /** Why it was refused; null while it may well be stored. */
  readonly refused: string | null
  /** Whether it is known that under this key nothing is stored, nor will be: to try again it needs another. */
  readonly isSettled: boolean
}

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/**
 * What was typed about one meeting by one person, kept by the browser until the gateway has it. Others may hold the same
 * at the same time, in another window or from before: each change is made to what the store has then.
 */
export interface KeptNotes {
  draft(): string
  keepDraft(text: string): void
  /** The oldest first; the same list as long as nothing has changed. */
  waiting(): readonly WaitingNote[]
  changeWaiting(change: (notes: readonly WaitingNote[]) => readonly WaitingNote[]): void
}

/** What nobody came back for is no longer kept: it is about a person. */
const KEPT_FOR_MS = 7 * 86_400_000
const PREFIX = 'leadlog.panel.'
const NO_NOTES: readonly WaitingNote[] = []

export function createKeptNotes(
  store: Store,
  whose: { readonly userId: string; readonly meetingId: string },
  now: () => number = Date.now
): KeptNotes {
  const key = `${PREFIX}${whose.userId}.${whose.meetingId}`
  // Apart, so that a note that is stored meanwhile takes nothing from what is being typed.
  const draft = createPart(store, `${key}.draft`, '', isText, now)
  const waiting = createPart(store, `${key}.waiting`, NO_NOTES, isList, now)
  return {
    draft: draft.value,
    keepDraft: (text) => draft.change(() => text),
    waiting: waiting.value,
    changeWaiting: waiting.change
  }
}

/** Forgets what was kept longer than a week, whose and of which meeting it may be. */
export function forgetOldNotes(store: Pick<Storage, 'key' | 'length'> & Store, now: number = Date.now()): void {
  const keys = Array.from({ length: store.length }, (_, at) => store.key(at) ?? '')
  for (const key of keys.filter((one) => one.startsWith(PREFIX))) {
    const kept = keptOf(textOf(store, key))
    if (kept === null || now - kept.at > KEPT_FOR_MS) store.removeItem(key)
  }
}

/** One value of the store, read anew each time; empty it takes no place there. */
function createPart<T extends { readonly length: number }>(
  store: Store,
  key: string,
  empty: T,
  fits: (value: unknown) => value is T,
  now: () => number
) {
  let read: { readonly text: string | null; readonly value: T } = { text: null, value: empty }
  // Where the store is full or forbidden, the page itself keeps it as long as it is open.
  let held: { readonly value: T } | null = null
  const value = (): T => {
    if (held !== null) return held.value
    const text = textOf(store, key)
    if (text !== read.text) {
      const found = keptOf(text)?.value
      read = { text, value: fits(found) ? found : empty }
    }
    return read.value
  }
  const change = (made: (before: T) => T): void => {
    const next = made(value())
    try {
      if (next.length === 0) store.removeItem(key)
      else store.setItem(key, JSON.stringify({ value: next, at: now() }))
      held = null
    } catch {
      held = { value: next }
    }
  }
  return { value, change }
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isList = (value: unknown): value is readonly WaitingNote[] => Array.isArray(value)

function textOf(store: Store, key: string): string | null {
  try {
    return store.getItem(key)
  } catch {
    return null
  }
}

function keptOf(text: string | null): { readonly value?: unknown; readonly at: number } | null {
  try {
    const kept = JSON.parse(text ?? 'null') as { value?: unknown; at?: unknown } | null
    return typeof kept?.at === 'number' ? { value: kept.value, at: kept.at } : null
  } catch {
    return null
  }
}
