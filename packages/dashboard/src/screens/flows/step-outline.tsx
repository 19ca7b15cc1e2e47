import { edgesOf } from '@leadlog/call-flow'
import type { FlowDocument, FlowStepKind } from '@leadlog/contracts'
import { AlertTriangle, Flag } from 'lucide-react'
import { useId } from 'react'
import { STEP_KINDS, stepKinds, stepName, stepSummary, wayWords } from '../../flows/step-kinds.ts'
import { StepIcon } from './step-icon.tsx'
import type { Issue } from './step-form.tsx'

/** The steps of a flow as a list, in which everything can be done that the canvas can: the editor of phones and keyboards. */
export function StepOutline(props: {
  flow: FlowDocument
  issues: readonly Issue[]
  selected: string | null
  /** Steps that a call went through, and the one that waits, while the flow is tried. */
  trodden: ReadonlySet<string>
  onSelect: (id: string) => void
  /** Absent for who may only look. */
  onAdd?: (kind: FlowStepKind) => void
}) {
  const { flow, issues, selected, trodden } = props
  const names = new Map(flow.steps.map((step) => [step.id, stepName(step)]))
  return (
    <div className="flex flex-col gap-2">
      {flow.steps.length === 0 ? (
        <p className="px-1 py-2 text-muted">No step yet. The first one that you add is where calls begin.</p>
      ) : null}
      <ol aria-label="Steps" className="flex flex-col gap-1">
        {flow.steps.map((step) => {
          const count = issues.filter((issue) => issue.step === step.id).length
          const isStart = flow.start === step.id
          return (
            <li key={step.id}>
              <button
                type="button"
                data-step={step.id}
                aria-current={selected === step.id ? 'true' : undefined}
                onClick={() => props.onSelect(step.id)}
                className={`flex w-full flex-col gap-0.5 rounded-lg border px-2.5 py-2 text-left hover:bg-surface-secondary aria-[current=true]:border-accent aria-[current=true]:bg-surface-secondary ${
                  trodden.has(step.id) ? 'border-tone-success' : 'border-separator'
                }`}
              >
                <span className="flex items-center gap-2">
                  <StepIcon kind={step.kind} />
                  <span className="min-w-0 flex-1 truncate font-medium">{stepName(step)}</span>
                  {isStart ? (
                    <span className="inline-flex items-center gap-1 text-xs text-muted">
                      <Flag aria-hidden size={11} /> Start
                    </span>
                  ) : null}
                  {count === 0 ? null : (
                    <span className="inline-flex items-center gap-1 text-xs font-medium text-tone-danger">
                      <AlertTriangle aria-hidden size={12} /> {count}
                      <span className="sr-only">{count === 1 ? 'problem' : 'problems'}</span>
                    </span>
                  )}
                </span>
                <span className="truncate text-xs text-muted">
                  {STEP_KINDS[step.kind].name}. {stepSummary(step)}
                </span>
                <span className="sr-only">
                  {edgesOf(step)
                    .map(
                      ({ path, to }) => `${wayWords(step, path)}: ${to === null ? 'nowhere' : (names.get(to) ?? to)}`
                    )
                    .join('; ')}
                </span>
              </button>
            </li>
          )
        })}
      </ol>
      {props.onAdd === undefined ? null : <AddStep onAdd={props.onAdd} />}
    </div>
  )
}

function AddStep({ onAdd }: { onAdd: (kind: FlowStepKind) => void }) {
  const id = useId()
  return (
    <div>
      <label htmlFor={id} className="sr-only">
        Add a step
      </label>
      <select
        id={id}
        value=""
        onChange={(event) => onAdd(event.target.value as FlowStepKind)}
        className="h-9 w-full cursor-pointer rounded-lg border border-dashed border-[var(--field-border)] bg-surface px-2 font-medium"
      >
        <option value="" disabled>
          Add a step …
        </option>
        {stepKinds.map((kind) => (
          <option key={kind} value={kind}>
            {STEP_KINDS[kind].name}: {STEP_KINDS[kind].does.toLowerCase()}
          </option>
        ))}
      </select>
    </div>
  )
}
