import { ApiProblem, isPassing } from '@leadlog/dashboard/api/problem.ts'
import type { KeptNotes, WaitingNote } from './kept-notes.ts'

/** Sends what was written, one after the other, until all of it is stored. */
export interface NoteSender {
  /** The oldest first; a new list at each change. */
  waiting(): readonly WaitingNote[]
  /** Takes a note and begins to send it. */
  add(text: string): void
  /** A note that was refused: again; as a new wish where what became of the last one is known. */
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

  const change = (made: (notes: readonly WaitingNote[]) => readonly WaitingNote[]): void => {
    kept.changeWaiting(made)
    onChange()
  }
  const changeOne = (key: string, made: (note: WaitingNote) => WaitingNote): void =>
    change((notes) => notes.map((note) => (note.key === key ? made(note) : note)))
  const remove = (key: string): void => change((notes) => notes.filter((note) => note.key !== key))

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
        remove(note.key)
        onStored()
        return true
      }
    } catch (error) {
      // Who is not let in any more may be again, with another context; what is wrong with the note stays wrong.
      const isFinal = error instanceof ApiProblem && !isPassing(error) && error.status !== 401
      if (isFinal) {
        const refusal = { refused: error.message, isSettled: hasOutcome(error) }
        changeOne(note.key, (one) => ({ ...one, ...refusal }))
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
      const note = { key: newKey(), text, at: now().toISOString(), refused: null, isSettled: false }
      change((notes) => [...notes, note])
      void run()
    },
    retry(key) {
      changeOne(key, (note) => again(note, newKey))
      void run()
    },
    drop: remove,
    wake: () => void run(),
    stop() {
      isStopped = true
      cancel?.()
    }
  }
}

/** With the key it had, unless that is used up: under it an earlier try may be stored whose answer was lost. */
function again(note: WaitingNote, newKey: () => string): WaitingNote {
  return { ...note, key: note.isSettled ? newKey() : note.key, refused: null, isSettled: false }
}

/** Whether it is what became of the note, not a word of the gateway from before it asked for it. */
function hasOutcome({ status, code }: ApiProblem): boolean {
  return code === 'COMMAND_FAILED' || (status === 409 && !code.startsWith('PANEL_'))
}

function afterwards(work: () => void, ms: number): () => void {
  const timer = setTimeout(work, ms)
  return () => clearTimeout(timer)
}
