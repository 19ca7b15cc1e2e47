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

/** What was typed about one meeting by one person, kept by the browser until the gateway has it. */
export interface KeptNotes {
  draft(): string
  keepDraft(text: string): void
  /** The oldest first. */
  waiting(): readonly WaitingNote[]
  keepWaiting(notes: readonly WaitingNote[]): void
}

/** What nobody came back for is no longer kept: it is about a person. */
const KEPT_FOR_MS = 7 * 86_400_000

export function createKeptNotes(
  store: Store,
  whose: { readonly userId: string; readonly meetingId: string },
  now: () => number = Date.now
): KeptNotes {
  const key = `${PREFIX}${whose.userId}.${whose.meetingId}`
  // Where the store is full or forbidden, the page itself keeps it as long as it is open.
  let held: Kept = keptOf(store, key) ?? { draft: '', waiting: [], at: now() }
  const keep = (change: Partial<Kept>): void => {
    held = { ...held, ...change, at: now() }
    try {
      if (held.draft === '' && held.waiting.length === 0) store.removeItem(key)
      else store.setItem(key, JSON.stringify(held))
    } catch {
      // As said above.
    }
  }
  return {
    draft: () => held.draft,
    keepDraft: (draft) => keep({ draft }),
    waiting: () => held.waiting,
    keepWaiting: (waiting) => keep({ waiting })
  }
}

/** Forgets what was kept longer than a week, whose and of which meeting it may be. */
export function forgetOldNotes(store: Pick<Storage, 'key' | 'length'> & Store, now: number = Date.now()): void {
  const keys = Array.from({ length: store.length }, (_, at) => store.key(at) ?? '')
  for (const key of keys.filter((one) => one.startsWith(PREFIX))) {
    const kept = keptOf(store, key)
    if (kept === null || now - kept.at > KEPT_FOR_MS) store.removeItem(key)
  }
}

const PREFIX = 'leadlog.panel.'

interface Kept {
  readonly draft: string
  readonly waiting: readonly WaitingNote[]
  readonly at: number
}

function keptOf(store: Store, key: string): Kept | null {
  try {
    const kept = JSON.parse(store.getItem(key) ?? 'null') as Partial<Kept> | null
    if (kept === null || typeof kept.draft !== 'string' || typeof kept.at !== 'number') return null
    return Array.isArray(kept.waiting) ? (kept as Kept) : null
  } catch {
    return null
  }
}
