import type { FlowDocument } from '@leadlog/contracts'
import {
  compareFlows,
  comparisonWords,
  isSame,
  pathWords,
  valueWords,
  type FieldChange,
  type StepChange
} from '../../flows/compare-flows.ts'
import { STEP_KINDS, stepName } from '../../flows/step-kinds.ts'
import { StepIcon } from './step-icon.tsx'

const TONES: Readonly<Record<StepChange['kind'], string>> = {
  added: 'bg-tone-success-soft text-tone-success',
  removed: 'bg-tone-danger-soft text-tone-danger',
  changed: 'bg-tone-warning-soft text-tone-warning'
}
const WORDS: Readonly<Record<StepChange['kind'], string>> = { added: 'Added', removed: 'Removed', changed: 'Changed' }

/** What differs between two documents of a flow, step by step and field by field. */
export function Comparison({ before, after }: { before: FlowDocument; after: FlowDocument }) {
  const found = compareFlows(before, after)
  return (
    <div className="flex flex-col gap-3">
      <p className="font-medium">{comparisonWords(found)}.</p>
      {isSame(found) ? null : (
        <ul aria-label="What differs" className="flex flex-col gap-2">
          {found.flow.length === 0 ? null : (
            <li className="rounded-lg border border-border p-3">
              <p className="font-medium">The flow</p>
              <Fields fields={found.flow} />
            </li>
          )}
          {found.steps.map(({ id, kind, step, fields }) => (
            <li key={id} className="rounded-lg border border-border p-3">
              <p className="flex items-center gap-2">
                <StepIcon kind={step.kind} />
                <span className="min-w-0 flex-1 truncate font-medium">{stepName(step)}</span>
                <span className="text-xs text-muted">{STEP_KINDS[step.kind].name}</span>
                <span className={`rounded-full px-2 text-xs font-medium ${TONES[kind]}`}>{WORDS[kind]}</span>
              </p>
              <Fields fields={fields} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function Fields({ fields }: { fields: readonly FieldChange[] }) {
  if (fields.length === 0) return null
  return (
    <dl className="mt-2 grid grid-cols-1 gap-x-4 gap-y-1 text-xs sm:grid-cols-[minmax(7rem,auto)_1fr]">
      {fields.map(({ path, before, after }) => (
        <Row key={path} name={pathWords(path)} before={valueWords(before)} after={valueWords(after)} />
      ))}
    </dl>
  )
}

function Row({ name, before, after }: { name: string; before: string; after: string }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd className="min-w-0 [overflow-wrap:anywhere]">
        <del className="text-tone-danger">{before}</del> <span aria-hidden>→</span>{' '}
        <ins className="text-tone-success no-underline">{after}</ins>
      </dd>
    </>
  )
}
