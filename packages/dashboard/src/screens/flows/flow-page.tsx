import { Button } from '@heroui/react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Download, LayoutGrid, Phone, Redo2, Undo2 } from 'lucide-react'
import { Suspense, useCallback, useEffect, useMemo, useState } from 'react'
import { readOfOne } from '../../api/queries.ts'
import { useMe } from '../../api/session.ts'
import { BackLink } from '../../design/back-link.tsx'
import { useMedia } from '../../design/media.ts'
import { Loaded, LoadingBlock } from '../../design/states.tsx'
import { addStep, moveSteps, stepOf } from '../../flows/edit-flow.ts'
import { flowFile } from '../../flows/flow-schema.ts'
import { layoutOf, placeBeside, placesOf } from '../../flows/flow-layout.ts'
import { pathOf, waitingStep, waysTaken, type Trial } from '../../flows/trial.ts'
import { may } from '../../words/access.ts'
import { counted } from '../../words/format.ts'
import { IconButton } from './fields.tsx'
import type { FlowDetail } from './flow-read.ts'
import { FlowSettings } from './flow-settings.tsx'
import { focusIssue, IssuesList } from './issues-list.tsx'
import { LazyFlowCanvas } from './lazy-canvas.ts'
import { PublishDialog } from './publish-dialog.tsx'
import type { Issue } from './step-form.tsx'
import { StepOutline } from './step-outline.tsx'
import { StepPanel } from './step-panel.tsx'
import { TrialPanel } from './trial-panel.tsx'
import { useFlowEditor, type FlowEditor } from './use-flow-editor.ts'
import { VersionsView } from './versions-view.tsx'

const route = getRouteApi('/app/flows/$id')

/** A call flow: drawn, tried, published, and gone back to. */
export default function FlowPage() {
  const { id } = route.useParams()
  const after = Number(route.useSearch()['after'])
  const found = useQuery(readOfOne('/v1/flows/{id}', id, after > 0 ? { after } : {}))
  return <Loaded read={found}>{(flow) => <Editor key={flow.id} flow={flow} />}</Loaded>
}

function Editor({ flow }: { flow: FlowDetail }) {
  const mayEdit = may(useMe(), 'commands')
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const editor = useFlowEditor(flow, mayEdit)
  const { document } = editor.edited
  const view = search['view'] ?? 'edit'
  const go = useCallback(
    (change: Readonly<Record<string, string | undefined>>) =>
      void navigate({ search: (before: object) => ({ ...before, ...change }), replace: true }),
    [navigate]
  )
  const [trial, setTrial] = useState<Trial>([])
  const [publishing, setPublishing] = useState(false)
  const isWide = useMedia('(min-width: 1024px)')
  const selected = search['step'] ?? null
  const select = useCallback((id: string | null) => go({ step: id ?? undefined }), [go])
  const { change } = editor
  const changeDocument = useCallback<FlowChange>(
    (next, about) =>
      change((before) => {
        const after = next(before.document)
        return after === before.document ? before : { ...before, document: after }
      }, about),
    [change]
  )
  useUndoKeys(editor)
  const trodden = useMemo(() => new Set(view === 'try' ? pathOf(trial).map(({ step }) => step) : []), [trial, view])
  const ways = useMemo(() => (view === 'try' ? waysTaken(document, trial) : new Set<string>()), [document, trial, view])
  const waiting = view === 'try' ? (waitingStep(document, trial)?.id ?? null) : null
  const goTo = (issue: Issue): void => {
    go({ view: undefined, step: issue.step ?? undefined })
    requestAnimationFrame(() => requestAnimationFrame(() => focusIssue(issue)))
  }
  const side =
    view === 'try' ? (
      <TrialPanel flow={document} trial={trial} onTrial={setTrial} onOpen={(step) => go({ step })} />
    ) : selected !== null && stepOf(document, selected) !== undefined ? (
      <StepPanel
        key={selected}
        flow={document}
        id={selected}
        issues={editor.issues}
        readOnly={!mayEdit}
        change={changeDocument}
        onOpen={select}
        {...(isWide ? {} : { onBack: () => select(null) })}
      />
    ) : (
      <>
        <div className="border-b border-separator p-4">
          <IssuesList flow={document} issues={editor.issues} onGo={goTo} />
        </div>
        <FlowSettings
          edited={editor.edited}
          issues={editor.issues}
          readOnly={!mayEdit}
          change={(next, about) => editor.change(next, about)}
        />
      </>
    )
  const outline = (
    <StepOutline
      flow={document}
      issues={editor.issues}
      selected={waiting ?? selected}
      trodden={trodden}
      onSelect={(step) => go({ view: undefined, step })}
      {...(mayEdit
        ? {
            onAdd: (kind) => {
              const added = addStep(document, kind, placeBeside(placesOf(document), selected))
              changeDocument(() => added.flow)
              go({ view: undefined, step: added.id })
            }
          }
        : {})}
    />
  )
  return (
    <div className="flex h-full min-h-0 flex-col">
      <header className="flex flex-col gap-2 border-b border-border bg-surface px-4 py-3">
        <BackLink to="/flows">Call flows</BackLink>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <div className="min-w-0 flex-1">
            <h1 className="truncate text-lg font-semibold">{editor.edited.name || flow.id}</h1>
            <p className="text-xs text-muted">
              {flow.live === null ? 'Not published yet' : `Version ${String(flow.live.version)} is live`}
              {flow.numbers.length === 0 ? ', no number leads here' : `, answers ${flow.numbers.join(', ')}`}.{' '}
              <SaveWords editor={editor} mayEdit={mayEdit} />
            </p>
          </div>
          <div className="flex flex-wrap items-center gap-1">
            {mayEdit ? (
              <>
                <IconButton label="Undo (Ctrl Z)" disabled={!editor.canUndo} onPress={editor.undo}>
                  <Undo2 aria-hidden size={16} />
                </IconButton>
                <IconButton label="Redo (Ctrl Shift Z)" disabled={!editor.canRedo} onPress={editor.redo}>
                  <Redo2 aria-hidden size={16} />
                </IconButton>
                {isWide ? (
                  <IconButton
                    label="Tidy up the canvas"
                    onPress={() => changeDocument((before) => moveSteps(before, layoutOf(before)))}
                  >
                    <LayoutGrid aria-hidden size={16} />
                  </IconButton>
                ) : null}
              </>
            ) : null}
            <IconButton
              label="Export as a file"
              onPress={() => download(flow.id, flowFile(editor.edited.name, document))}
            >
              <Download aria-hidden size={16} />
            </IconButton>
            <Button
              size="sm"
              variant="secondary"
              onPress={() => go({ view: view === 'versions' ? undefined : 'versions', step: undefined })}
            >
              {view === 'versions' ? 'Edit' : 'Versions'}
            </Button>
            <Button
              size="sm"
              variant="secondary"
              onPress={() => {
                setTrial([])
                go({ view: view === 'try' ? undefined : 'try' })
              }}
            >
              <Phone aria-hidden size={14} /> {view === 'try' ? 'End the trial' : 'Try it'}
            </Button>
            {mayEdit ? (
              <Button
                size="sm"
                variant="primary"
                isDisabled={whyNotPublished(editor, flow) !== null}
                onPress={() => setPublishing(true)}
              >
                Publish
              </Button>
            ) : null}
          </div>
        </div>
        {mayEdit &&
        whyNotPublished(editor, flow) !== null &&
        editor.issues.length > 0 &&
        (!isWide || selected !== null) ? (
          <button
            type="button"
            onClick={() => go({ view: undefined, step: undefined })}
            className="self-start text-xs text-tone-danger hover:underline"
          >
            {counted(editor.issues.length, 'problem')} to mend before publishing
          </button>
        ) : null}
        <Conflict editor={editor} flow={flow} />
      </header>
      <div className="min-h-0 flex-1">
        {view === 'versions' ? (
          <VersionsView
            flow={flow}
            draft={{ number: editor.draft, document }}
            mayEdit={mayEdit}
            from={search['from']}
            to={search['to']}
            onCompare={(from, to) => go({ from, to })}
          />
        ) : isWide ? (
          <div className="flex h-full min-h-0">
            <Scrolled label="Outline" className="w-56 border-r 2xl:w-64 border-border p-3">
              {outline}
            </Scrolled>
            <div className="min-w-0 flex-1 bg-surface">
              <Suspense fallback={<LoadingBlock />}>
                <LazyFlowCanvas
                  label={`Canvas of ${editor.edited.name}`}
                  flow={document}
                  issues={editor.issues}
                  selected={selected}
                  trodden={trodden}
                  ways={ways}
                  waiting={waiting}
                  onSelect={select}
                  {...(mayEdit ? { change: changeDocument } : {})}
                />
              </Suspense>
            </div>
            <Scrolled
              label={view === 'try' ? 'Trial' : 'Details'}
              className="w-[22rem] border-l border-border bg-surface xl:w-96"
            >
              {side}
            </Scrolled>
          </div>
        ) : (
          <Scrolled label="Flow" className="h-full">
            {view === 'edit' && selected === null ? <div className="p-4 pb-0">{outline}</div> : null}
            {side}
          </Scrolled>
        )}
      </div>
      {publishing ? (
        <PublishDialog flow={flow} document={document} draft={editor.draft} onClose={() => setPublishing(false)} />
      ) : null}
    </div>
  )
}

type FlowChange = (
  next: (before: FlowDetail['draft']['document']) => FlowDetail['draft']['document'],
  about?: string
) => void

function Scrolled({ label, className, children }: { label: string; className: string; children: React.ReactNode }) {
  return (
    <div role="region" aria-label={label} tabIndex={0} className={`min-h-0 shrink-0 overflow-y-auto ${className}`}>
      {children}
    </div>
  )
}

function whyNotPublished(editor: FlowEditor, flow: FlowDetail): string | null {
  if (editor.issues.length > 0) return 'issues'
  if (editor.save.is !== 'saved') return 'not saved'
  return flow.live?.draft === editor.draft ? 'live' : null
}

function SaveWords({ editor, mayEdit }: { editor: FlowEditor; mayEdit: boolean }) {
  if (!mayEdit) return <>You may look and try, and change nothing.</>
  return <span role="status">{saveWords(editor)}</span>
}

function saveWords({ save, draft }: FlowEditor): string {
  switch (save.is) {
    case 'saved':
      return `Draft ${String(draft)} is saved`
    case 'waiting':
    case 'saving':
      return 'Saving …'
    case 'not-savable':
      return 'Kept in this browser; it is saved when the fields marked red are right'
    case 'failed':
      return `Not saved yet: ${save.message}`
    case 'conflict':
      return 'Not saved'
  }
}

/** Two edit at once: what the other one saved is neither lost nor put over mine. */
function Conflict({ editor, flow }: { editor: FlowEditor; flow: FlowDetail }) {
  if (editor.save.is !== 'conflict') return null
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center gap-3 rounded-lg bg-tone-warning-soft px-4 py-2.5 text-tone-warning"
    >
      <p className="min-w-0 flex-1">
        <strong className="font-medium">
          {flow.draft.number > editor.draft
            ? `${flow.draft.savedBy} saved draft ${String(flow.draft.number)} meanwhile.`
            : 'Somebody else saved this flow meanwhile.'}
        </strong>{' '}
        Yours is not saved, and kept in this browser.
      </p>
      <Button size="sm" variant="secondary" onPress={editor.takeTheirs}>
        Take theirs
      </Button>
      <Button size="sm" variant="secondary" onPress={editor.saveMine}>
        Save mine as the newest
      </Button>
    </div>
  )
}

function useUndoKeys({ undo, redo }: FlowEditor): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== 'z') return
      event.preventDefault()
      if (event.shiftKey) redo()
      else undo()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [undo, redo])
}

function download(name: string, text: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  link.download = `${name}.json`
  link.click()
  URL.revokeObjectURL(link.href)
}
