import { edgesOf } from '@leadlog/call-flow'
import type { FlowDocument, FlowStepKind } from '@leadlog/contracts'
import { ArrowLeft, Copy, Flag, Trash2 } from 'lucide-react'
import { useEffect, useId, useState } from 'react'
import { placesOf, placeBeside } from '../../flows/flow-layout.ts'
import {
  addStep,
  changeStep,
  connect,
  duplicateStep,
  removeStep,
  renameStep,
  stepOf,
  withValue
} from '../../flows/edit-flow.ts'
import { STEP_KINDS, stepName, wayWords } from '../../flows/step-kinds.ts'
import { IconButton, INPUT, OptionalText, Problems } from './fields.tsx'
import { StepFields } from './step-fields.tsx'
import { StepFormProvider, type Issue } from './step-form.tsx'
import { StepIcon } from './step-icon.tsx'

/** Everything about one step: its name, what is particular to its kind, where it leads, and what is wrong with it. */
export function StepPanel(props: {
  flow: FlowDocument
  id: string
  issues: readonly Issue[]
  readOnly: boolean
  change: (next: (before: FlowDocument) => FlowDocument, about?: string) => void
  onOpen: (id: string | null) => void
  /** Absent where the list stands beside it. */
  onBack?: () => void
}) {
  const { flow, id, issues, readOnly, change, onOpen } = props
  const step = stepOf(flow, id)
  if (step === undefined) return <p className="p-4 text-muted">There is no step “{id}” any more.</p>
  const index = flow.steps.indexOf(step)
  const own = issues.filter((issue) => issue.step === id)
  const general = [`/steps/${String(index)}`, `/steps/${String(index)}/kind`, `/steps/${String(index)}/id`]
  const grow = (path: string, kind: FlowStepKind): void => {
    change((before) => {
      const added = addStep(before, kind, placeBeside(placesOf(before), id))
      return connect(added.flow, id, path, added.id)
    })
  }
  const leading = flow.steps.flatMap((from) =>
    edgesOf(from).flatMap(({ path, to }) => (to === id ? [{ from, words: wayWords(from, path) }] : []))
  )
  return (
    <section aria-label={`Step ${stepName(step)}`} className="flex flex-col gap-4 p-4">
      <header className="flex items-center gap-2">
        {props.onBack === undefined ? null : (
          <IconButton label="Back to the steps" onPress={props.onBack}>
            <ArrowLeft aria-hidden size={16} />
          </IconButton>
        )}
        <StepIcon kind={step.kind} size={17} />
        <div className="min-w-0 flex-1">
          <h2 tabIndex={-1} data-panel-title className="truncate font-semibold outline-none">
            {stepName(step)}
          </h2>
          <p className="text-xs text-muted">{STEP_KINDS[step.kind].does}</p>
        </div>
        {readOnly ? null : (
          <>
            <IconButton
              label="Calls begin here"
              disabled={flow.start === id}
              onPress={() => change((before) => ({ ...before, start: id }))}
            >
              <Flag aria-hidden size={15} />
            </IconButton>
            <IconButton
              label="Duplicate this step"
              onPress={() => {
                const copy = duplicateStep(flow, id, placeBeside(placesOf(flow), id))
                if (copy === null) return
                change(() => copy.flow)
                onOpen(copy.id)
              }}
            >
              <Copy aria-hidden size={15} />
            </IconButton>
            <IconButton
              label="Delete this step"
              onPress={() => {
                change((before) => removeStep(before, id))
                onOpen(null)
              }}
            >
              <Trash2 aria-hidden size={15} />
            </IconButton>
          </>
        )}
      </header>
      <Problems
        id={`general-${id}`}
        texts={own.flatMap(({ path, message }) => (general.includes(path) ? [message] : []))}
      />
      <StepFormProvider
        value={{
          flow,
          step,
          issues: own,
          readOnly,
          set: (path, value) =>
            change((before) => changeStep(before, id, (one) => withValue(one, path, value)), `${id} ${path}`),
          grow,
          open: onOpen
        }}
      >
        <div className="grid grid-cols-2 gap-3">
          <IdField
            key={id}
            flow={flow}
            id={id}
            readOnly={readOnly}
            onRename={(to) => {
              change((before) => renameStep(before, id, to))
              onOpen(to)
            }}
          />
          <OptionalText label="Label" path="label" />
        </div>
        <StepFields key={id} step={step} />
      </StepFormProvider>
      {leading.length === 0 ? null : (
        <p className="text-xs text-muted">
          Comes from{' '}
          {leading.map(({ from, words }, at) => (
            <span key={`${from.id} ${words}`}>
              {at === 0 ? '' : ', '}
              <button type="button" className="text-link hover:underline" onClick={() => onOpen(from.id)}>
                {stepName(from)}
              </button>{' '}
              ({words.toLowerCase()})
            </span>
          ))}
        </p>
      )}
    </section>
  )
}

/** The name of a step inside its flow: taken over when the field is left, since others refer to it. */
function IdField(props: { flow: FlowDocument; id: string; readOnly: boolean; onRename: (to: string) => void }) {
  const { flow, id, readOnly, onRename } = props
  const field = useId()
  const [text, setText] = useState(id)
  useEffect(() => setText(id), [id])
  const isForm = /^[a-z][a-z0-9-]{0,39}$/.test(text)
  const isTaken = text !== id && flow.steps.some((step) => step.id === text)
  const problem = !isForm ? 'Small letters, digits and dashes' : isTaken ? 'Another step has it' : null
  const takeOver = (): void => {
    if (problem === null && text !== id) onRename(text)
  }
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <label htmlFor={field} className="text-xs font-medium">
        Name in the flow
      </label>
      <input
        id={field}
        data-path="id"
        value={text}
        maxLength={40}
        disabled={readOnly}
        aria-invalid={problem !== null}
        aria-describedby={`${field}-wrong`}
        onChange={(event) => setText(event.target.value)}
        onBlur={takeOver}
        onKeyDown={(event) => {
          if (event.key === 'Enter') takeOver()
        }}
        className={`${INPUT} font-mono text-xs`}
      />
      <Problems id={`${field}-wrong`} texts={problem === null ? [] : [problem]} />
    </div>
  )
}
