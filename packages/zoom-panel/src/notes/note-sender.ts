import { ApiProblem, isPassing } from '@leadlog/dashboard/api/problem.ts'
import type { KeptNotes, WaitingNote } from './kept-notes.ts'

/** Sends what was written, one after the other, until all of it is stored. */
export interface NoteSender {
  /** The oldest first; a new list at each change. */
  waiting(): readonly WaitingNote[]
  /** Takes a note and begins to send it. */
  add(text: string): void
  /** A note that was refused: again, as a new wish. */
  retry(key: string): void
  /** A note that was refused: not at all. */
  drop(key: string): void
  /** Tries at once, as when the connection is back. */
  readonly wake: () => void
  stop(): void
}

export interface NoteSenderOptions {
  readonly kept: KeptNotes
  /** `waiting` where it is under way and nobody knows yet. */
  readonly send: (note: WaitingNote) => Promise<{ readonly state: 'done' | 'waiting' }>
  /** A list has changed, or a note was stored. */
  readonly onChange: () => void
  readonly onStored: () => void
  readonly newKey?: () => string
  readonly now?: () => Date
  /** Calls back later; gives what takes that back. */
  readonly later?: (work: () => void, ms: number) => () => void
}

const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 15_000

export function createNoteSender(options: NoteSenderOptions): NoteSender {
  const { kept, send, onChange, onStored } = options
  const { newKey = () => crypto.randomUUID(), now = () => new Date(), later = afterwards } = options
  let isSending = false
  let isStopped = false
  let waitMs = FIRST_WAIT_MS
  let cancel: (() => void) | null = null

  const change = (notes: readonly WaitingNote[]): void => {
    kept.keepWaiting(notes)
    onChange()
  }
  const without = (key: string): WaitingNote[] => kept.waiting().filter((note) => note.key !== key)

  async function run(): Promise<void> {
    if (isSending) return
    isSending = true
    cancel?.()
    cancel = null
    try {
      for (;;) {
        const next = kept.waiting().find(({ refused }) => refused === null)
        if (next === undefined || isStopped) return
        if (!(await tried(next))) return
        waitMs = FIRST_WAIT_MS
      }
    } finally {
      isSending = false
    }
  }

  /** False where it is to be tried again later. */
  async function tried(note: WaitingNote): Promise<boolean> {
    try {
      const { state } = await send(note)
      if (state === 'done') {
        change(without(note.key))
        onStored()
        return true
      }
    } catch (error) {
      // Who is not let in any more may be again, with another context; what is wrong with the note stays wrong.
      const isFinal = error instanceof ApiProblem && !isPassing(error) && error.status < 500 && error.status !== 401
      if (isFinal) {
        change(kept.waiting().map((one) => (one.key === note.key ? { ...one, refused: error.message } : one)))
        return true
      }
    }
    if (!isStopped) cancel = later(() => void run(), waitMs)
    waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)
    return false
  }

  return {
    waiting: () => kept.waiting(),
    add(text) {
      change([...kept.waiting(), { key: newKey(), text, at: now().toISOString(), refused: null }])
      void run()
    },
    retry(key) {
      change(kept.waiting().map((note) => (note.key === key ? { ...note, key: newKey(), refused: null } : note)))
      void run()
    },
    drop: (key) => change(without(key)),
    wake: () => void run(),
    stop() {
      isStopped = true
      cancel?.()
    }
  }
}

function afterwards(work: () => void, ms: number): () => void {
  const timer = setTimeout(work, ms)
  return () => clearTimeout(timer)
}
