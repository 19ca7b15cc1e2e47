import { validateFlow } from '@leadlog/call-flow'
import type { FlowDocument, FlowIssue } from '@leadlog/contracts'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { ApiProblem } from '../../api/problem.ts'
import { sendCommand } from '../../api/send-command.ts'
import { schemaIssues, type SchemaIssue } from '../../flows/flow-schema.ts'
import { changed, historyOf, redone, undone, type History } from '../../flows/history.ts'
import { forgetDraft, keepDraft, keptDraft, standOf } from '../../flows/kept-draft.ts'
import type { FlowDetail } from './flow-read.ts'

/** Saved when nothing was changed for so long. */
const SAVE_AFTER_MS = 1_200
/** After a failure that may pass. */
const SAVE_AGAIN_MS = 5_000

/** What somebody edits. */
export interface Edited {
  readonly name: string
  readonly document: FlowDocument
}

export type SaveState =
  | { readonly is: 'saved' }
  | { readonly is: 'waiting' }
  | { readonly is: 'saving' }
  | { readonly is: 'not-savable' }
  | { readonly is: 'failed'; readonly message: string }
  /** Another one saved meanwhile: nothing is saved until somebody decided. */
  | { readonly is: 'conflict'; readonly theirs: number | null }

export interface FlowEditor {
  readonly edited: Edited
  readonly issues: readonly (FlowIssue | SchemaIssue)[]
  readonly save: SaveState
  /** The draft that the service has of it. */
  readonly draft: number
  readonly canUndo: boolean
  readonly canRedo: boolean
  /** @param about changes about the same are taken back at once */
  readonly change: (next: (before: Edited) => Edited, about?: string) => void
  readonly undo: () => void
  readonly redo: () => void
  /** In a conflict: what the other one saved, and mine is given up. */
  readonly takeTheirs: () => void
  /** In a conflict: mine becomes the newest draft. */
  readonly saveMine: () => void
}

/** A draft while it is edited: its history, its issues, and saving by itself. */
export function useFlowEditor(flow: FlowDetail, mayEdit: boolean): FlowEditor {
  const newest = flow.draft.number
  const [start] = useState(() => startOf(flow, mayEdit))
  const [history, setHistory] = useState<History<Edited>>(() => historyOf(start.edited))
  const [basedOn, setBasedOn] = useState(start.basedOn)
  const [saved, setSaved] = useState<Edited | null>(start.isUnsaved ? null : start.edited)
  const [save, setSave] = useState<SaveState>(start.save)
  const busy = useRef(false)
  const { now } = history
  const notSavable = useMemo(() => schemaIssues(now.document), [now.document])
  const issues = useMemo(() => [...notSavable, ...validateFlow(now.document)], [notSavable, now.document])
  const isUnsaved = now !== saved

  const read = useRef({ now, basedOn })
  read.current = { now, basedOn }

  const store = useCallback(async (): Promise<void> => {
    const { now: toSave, basedOn: base } = read.current
    busy.current = true
    setSave({ is: 'saving' })
    try {
      const { result } = await sendCommand(
        'telephony',
        'SaveFlow',
        { flowId: flow.id, ...toSave, basedOnDraft: base },
        crypto.randomUUID()
      )
      setBasedOn(Number(result?.['draft'] ?? base))
      setSaved(toSave)
      if (read.current.now === toSave) forgetDraft(localStorage, flow.id)
      setSave({ is: read.current.now === toSave ? 'saved' : 'waiting' })
    } catch (error) {
      const isStale = error instanceof ApiProblem && error.code === 'TELEPHONY_FLOW_DRAFT_STALE'
      if (isStale) setSave({ is: 'conflict', theirs: null })
      else setSave({ is: 'failed', message: error instanceof Error ? error.message : String(error) })
    } finally {
      busy.current = false
    }
  }, [flow.id])

  useEffect(() => {
    if (!mayEdit || !isUnsaved || save.is === 'conflict' || save.is === 'saving' || busy.current) return
    keepDraft(localStorage, flow.id, { basedOn, ...now })
    if (notSavable.length > 0 || now.name.trim() === '') {
      setSave({ is: 'not-savable' })
      return
    }
    const timer = setTimeout(() => void store(), save.is === 'failed' ? SAVE_AGAIN_MS : SAVE_AFTER_MS)
    return () => clearTimeout(timer)
  }, [mayEdit, isUnsaved, save, now, basedOn, notSavable, flow.id, store])

  // Somebody else saved: what nobody changed here follows, what was changed is not put over it.
  useEffect(() => {
    if (newest <= basedOn || busy.current || save.is === 'saving') return
    if (isUnsaved) {
      setSave({ is: 'conflict', theirs: newest })
      return
    }
    const theirs = { name: flow.name, document: flow.draft.document }
    setHistory((before) => changed(before, theirs))
    setSaved(theirs)
    setBasedOn(newest)
  }, [newest, basedOn, isUnsaved, save.is, flow])

  return {
    edited: now,
    issues,
    // What was just changed is not saved yet, also before its saving begins: nobody publishes the draft before it.
    save: mayEdit && isUnsaved && save.is === 'saved' ? { is: 'waiting' } : save,
    draft: basedOn,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    change: useCallback(
      (next, about) => {
        if (mayEdit) setHistory((before) => changed(before, next(before.now), about))
      },
      [mayEdit]
    ),
    undo: useCallback(() => setHistory(undone), []),
    redo: useCallback(() => setHistory(redone), []),
    takeTheirs: () => {
      const theirs = { name: flow.name, document: flow.draft.document }
      forgetDraft(localStorage, flow.id)
      setHistory((before) => changed(before, theirs))
      setSaved(theirs)
      setBasedOn(newest)
      setSave({ is: 'saved' })
    },
    saveMine: () => {
      setBasedOn(Math.max(newest, basedOn))
      setSave({ is: 'waiting' })
    }
  }
}

function startOf(flow: FlowDetail, mayEdit: boolean) {
  const { number, document } = flow.draft
  const kept = mayEdit ? keptDraft(localStorage, flow.id) : null
  const stand = standOf(kept, flow.draft)
  const saved: SaveState = { is: 'saved' }
  if (kept === null || stand === 'nothing-kept') {
    return { edited: { name: flow.name, document }, basedOn: number, isUnsaved: false, save: saved }
  }
  const edited = { name: kept.name, document: kept.document }
  const save: SaveState = stand === 'another-wrote' ? { is: 'conflict', theirs: number } : { is: 'waiting' }
  return { edited, basedOn: kept.basedOn, isUnsaved: true, save }
}
