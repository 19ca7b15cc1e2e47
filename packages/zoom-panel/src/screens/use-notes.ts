import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { createListeners } from '@leadlog/dashboard/listeners'
import { meetingRead, sendNote } from '../api/panel.ts'
import { createKeptNotes, type WaitingNote } from '../notes/kept-notes.ts'
import { createNoteSender } from '../notes/note-sender.ts'

/** The notes of a meeting that are typed or under way. */
export interface NotesInHand {
  readonly draft: string
  readonly waiting: readonly WaitingNote[]
  readonly type: (text: string) => void
  /** Takes what was typed. */
  readonly take: () => void
  readonly retry: (key: string) => void
  readonly drop: (key: string) => void
}

/** One for all: what another instance or window changes in the store is seen here too. */
const { subscribe, tell } = createListeners()
addEventListener('storage', tell)

/** What is typed is kept by the browser at each letter, and sent until the gateway has it. */
export function useNotes(userId: string, meetingId: string): NotesInHand {
  const queries = useQueryClient()
  const [kept] = useState(() => createKeptNotes(localStorage, { userId, meetingId }))
  const [draft, setDraft] = useState(() => kept.draft())
  const [sender, setSender] = useState<ReturnType<typeof createNoteSender> | null>(null)
  useEffect(() => {
    const made = createNoteSender({
      kept,
      send: (note) => sendNote(meetingId, note),
      onChange: tell,
      onStored: () => void queries.invalidateQueries({ queryKey: meetingRead(meetingId).queryKey })
    })
    setSender(made)
    made.wake()
    addEventListener('online', made.wake)
    return () => {
      removeEventListener('online', made.wake)
      made.stop()
    }
  }, [kept, meetingId, queries])
  const waiting = useSyncExternalStore(subscribe, () => kept.waiting())
  const type = (text: string): void => {
    kept.keepDraft(text)
    setDraft(text)
  }
  return {
    draft,
    waiting,
    type,
    take() {
      if (draft.trim() === '' || sender === null) return
      sender.add(draft.trim())
      type('')
    },
    retry: (key) => sender?.retry(key),
    drop: (key) => sender?.drop(key)
  }
}
