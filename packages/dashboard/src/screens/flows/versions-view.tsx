import { Button } from '@heroui/react'
import type { FlowDocument } from '@leadlog/contracts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Suspense, useMemo, useState } from 'react'
import { toast } from 'sonner'
import { sendCommand } from '../../api/send-command.ts'
import { CopyButton } from '../../design/copy-button.tsx'
import { Choice, Refusal } from '../../design/field.tsx'
import { FormDialog } from '../../design/form-dialog.tsx'
import { useMedia } from '../../design/media.ts'
import { Section } from '../../design/page.tsx'
import { ReasonField } from '../../design/reason-field.tsx'
import { LoadingBlock } from '../../design/states.tsx'
import { Time } from '../../design/time.tsx'
import { compareFlows } from '../../flows/compare-flows.ts'
import { Comparison } from './comparison.tsx'
import type { Mark } from './flow-canvas.tsx'
import type { FlowDetail } from './flow-read.ts'
import { LazyFlowCanvas } from './lazy-canvas.ts'

/** What was published, what differs between two of it, and the way back. */
export function VersionsView(props: {
  flow: FlowDetail
  draft: { readonly number: number; readonly document: FlowDocument }
  mayEdit: boolean
  from: string | undefined
  to: string | undefined
  onCompare: (from: string, to: string) => void
}) {
  const { flow, draft, mayEdit, onCompare } = props
  const newest = flow.versions[0]?.version
  const from = props.from ?? (newest === undefined ? 'draft' : String(flow.live?.version ?? newest))
  const to = props.to ?? 'draft'
  const documentOf = (name: string): FlowDocument | undefined =>
    name === 'draft' ? draft.document : flow.versions.find(({ version }) => String(version) === name)?.document
  const [before, after] = [documentOf(from), documentOf(to)]
  const options = [
    { value: 'draft', word: `Draft ${String(draft.number)}` },
    ...flow.versions.map(({ version }) => ({
      value: String(version),
      word: `Version ${String(version)}${flow.live?.version === version ? ', live' : ''}`
    }))
  ]
  return (
    <div className="h-full overflow-y-auto" tabIndex={0} role="region" aria-label="Versions">
      <div className="mx-auto flex max-w-6xl flex-col gap-6 p-4 lg:p-6">
        <Section title="Published">
          {flow.versions.length === 0 ? (
            <p className="text-muted">Nothing was published yet.</p>
          ) : (
            <ul aria-label="Versions" className="panel divide-y divide-separator">
              {flow.versions.map((version) => (
                <VersionRow key={version.version} flow={flow} version={version} mayEdit={mayEdit} />
              ))}
            </ul>
          )}
        </Section>
        <Section
          title="Compare"
          aside={
            <CopyButton
              what="Link to this comparison"
              word="Copy link"
              text={`${location.origin}/flows/${flow.id}?view=versions&from=${from}&to=${to}`}
            />
          }
        >
          <div className="flex flex-col gap-4">
            <div className="flex flex-wrap gap-3">
              <Choice label="Before" value={from} options={options} onChange={(value) => onCompare(value, to)} />
              <Choice label="After" value={to} options={options} onChange={(value) => onCompare(from, value)} />
            </div>
            {before === undefined || after === undefined ? (
              <p className="text-muted">One of the two was never published.</p>
            ) : (
              <Compared before={before} after={after} />
            )}
          </div>
        </Section>
      </div>
    </div>
  )
}

function Compared({ before, after }: { before: FlowDocument; after: FlowDocument }) {
  const isWide = useMedia('(min-width: 1024px)')
  const marks = useMemo(() => {
    const { steps } = compareFlows(before, after)
    const of = (...kinds: Mark[]): ReadonlyMap<string, Mark> =>
      new Map(steps.flatMap(({ id, kind }) => (kinds.includes(kind) ? [[id, kind] as const] : [])))
    return { before: of('removed', 'changed'), after: of('added', 'changed') }
  }, [before, after])
  return (
    <>
      <Comparison before={before} after={after} />
      {isWide ? (
        <div className="grid gap-3 lg:grid-cols-2">
          {[
            { label: 'Before', flow: before, marks: marks.before },
            { label: 'After', flow: after, marks: marks.after }
          ].map(({ label, ...canvas }) => (
            <figure key={label} className="panel overflow-hidden">
              <figcaption className="border-b border-separator px-3 py-1.5 text-xs font-medium text-muted">
                {label}
              </figcaption>
              <div className="h-96">
                <Suspense fallback={<LoadingBlock />}>
                  <LazyFlowCanvas label={label} showAll {...canvas} />
                </Suspense>
              </div>
            </figure>
          ))}
        </div>
      ) : null}
    </>
  )
}

function VersionRow(props: { flow: FlowDetail; version: FlowDetail['versions'][number]; mayEdit: boolean }) {
  const { flow, version, mayEdit } = props
  const [asking, setAsking] = useState(false)
  const isLive = flow.live?.version === version.version
  return (
    <li className="flex flex-wrap items-center justify-between gap-2 px-4 py-3">
      <div className="min-w-0">
        <p className="font-medium">
          Version {version.version}
          {isLive ? <span className="ml-2 text-xs font-medium text-tone-success">Live</span> : null}
        </p>
        <p className="text-xs text-muted">
          {version.name}, {String(version.document.steps.length)} steps, published by {version.publishedBy}{' '}
          <Time at={version.publishedAt} />
          {isLive && flow.live !== null && flow.live.reason !== null ? `. Gone back to: ${flow.live.reason}` : ''}
        </p>
      </div>
      {isLive || !mayEdit ? null : (
        <Button size="sm" variant="secondary" onPress={() => setAsking(true)}>
          Go back to version {version.version}
        </Button>
      )}
      {asking ? <RollBackDialog flow={flow} version={version} onClose={() => setAsking(false)} /> : null}
    </li>
  )
}

function RollBackDialog(props: { flow: FlowDetail; version: FlowDetail['versions'][number]; onClose: () => void }) {
  const { flow, version, onClose } = props
  const queries = useQueryClient()
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const live = flow.versions.find((one) => one.version === flow.live?.version)
  const goBack = useMutation({
    mutationFn: () =>
      sendCommand(
        'telephony',
        'RollBackFlow',
        { flowId: flow.id, toVersion: version.version, reason: reason.trim() },
        crypto.randomUUID()
      ),
    onSuccess: async () => {
      toast.success(`Version ${String(version.version)} is live again`)
      await queries.invalidateQueries({ queryKey: ['/v1/flows/{id}'] })
      onClose()
    }
  })
  return (
    <FormDialog
      title={`Go back to version ${String(version.version)}?`}
      word="Go back"
      working={goBack.isPending}
      onSubmit={() => {
        if (reason.trim() === '') setMissing(true)
        else goBack.mutate()
      }}
      onClose={onClose}
    >
      <p>New callers go through it again. The draft stays as it is; calls that run stay in their version.</p>
      <div className="max-h-[40dvh] overflow-y-auto" tabIndex={0} role="region" aria-label="What changes">
        {live === undefined ? null : <Comparison before={live.document} after={version.document} />}
      </div>
      <ReasonField value={reason} onChange={setReason} />
      <Refusal>
        {goBack.isError
          ? goBack.error.message
          : missing && reason.trim() === ''
            ? 'Say why: it is kept with the version.'
            : null}
      </Refusal>
    </FormDialog>
  )
}
