import { Button } from '@heroui/react'
import { Empty } from '@leadlog/dashboard/design/states.tsx'
import { Time } from '@leadlog/dashboard/design/time.tsx'
import { CloudUpload, StickyNote } from 'lucide-react'
import type { PanelMeeting } from '../api/panel.ts'
import type { NotesInHand } from './use-notes.ts'

/** As long as the gateway takes it. */
const LONGEST_NOTE = 4_000

/** What was noted in this meeting, what is still under way first. */
export function Notes({ stored, notes }: { stored: PanelMeeting['notes']; notes: NotesInHand }) {
  const { waiting, retry, drop } = notes
  if (stored.length + waiting.length === 0) {
    return (
      <Empty title="No notes yet" icon={StickyNote}>
        What you write below stands on the lead’s timeline and goes to the CRM.
      </Empty>
    )
  }
  return (
    <ul className="panel divide-y divide-separator" aria-label="Notes of this meeting">
      {waiting.toReversed().map(({ key, text, refused }) => (
        <li key={key} className="px-3 py-2">
          <p className="[overflow-wrap:anywhere] whitespace-pre-line">{text}</p>
          {refused === null ? (
            <p className="mt-0.5 flex items-center gap-1.5 text-xs text-muted">
              <CloudUpload aria-hidden size={12} /> Not stored yet; it is kept here and sent again
            </p>
          ) : (
            <div className="mt-1 flex flex-col gap-1.5">
              <p role="alert" className="text-xs text-tone-danger">
                Not stored: {refused}
              </p>
              <div className="flex gap-2">
                <Button size="sm" variant="secondary" onPress={() => retry(key)}>
                  Try again
                </Button>
                <Button size="sm" variant="ghost" onPress={() => drop(key)}>
                  Throw away
                </Button>
              </div>
            </div>
          )}
        </li>
      ))}
      {stored.map(({ id, text, takenAt }) => (
        <li key={id} className="px-3 py-2">
          <p className="[overflow-wrap:anywhere] whitespace-pre-line">{text}</p>
          <p className="mt-0.5 text-xs text-muted">
            <Time at={takenAt} hint={false} />
          </p>
        </li>
      ))}
    </ul>
  )
}

/** A place to write, below whatever is looked at. */
export function TakeNote({ notes: { draft, waiting, type, take } }: { notes: NotesInHand }) {
  const refused = waiting.filter((note) => note.refused !== null).length
  const unsent = waiting.length - refused
  return (
    <form
      aria-label="Take a note"
      className="flex flex-col gap-2 border-t border-separator bg-surface px-4 py-3"
      onSubmit={(event) => {
        event.preventDefault()
        take()
      }}
    >
      <label htmlFor="note" className="text-xs font-medium">
        Note
      </label>
      <textarea
        id="note"
        rows={2}
        maxLength={LONGEST_NOTE}
        value={draft}
        onChange={(event) => type(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          take()
        }}
        placeholder="What did they say?"
        className="max-h-40 min-h-14 w-full resize-y rounded-lg border border-[var(--field-border)] bg-surface px-3 py-2"
      />
      <div className="flex items-center justify-between gap-3">
        <p role="status" className={`text-xs ${refused > 0 ? 'text-tone-danger' : 'text-muted'}`}>
          {refused > 0
            ? 'A note was not stored; see Notes'
            : unsent > 0
              ? `Storing ${String(unsent)}…`
              : 'Ctrl or ⌘ and Enter saves'}
        </p>
        <Button type="submit" size="sm" isDisabled={draft.trim() === ''}>
          Save note
        </Button>
      </div>
    </form>
  )
}
