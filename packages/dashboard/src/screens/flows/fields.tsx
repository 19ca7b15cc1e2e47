import { edgesOf } from '@leadlog/call-flow'
import type { FlowStepKind, Prompt } from '@leadlog/contracts'
import { ArrowRight, Plus, X } from 'lucide-react'
import { useId, type ReactNode } from 'react'
import { textAt, valueAt } from '../../flows/edit-flow.ts'
import { limitsOf } from '../../flows/flow-schema.ts'
import { STEP_KINDS, stepKinds, stepName, wayWords } from '../../flows/step-kinds.ts'
import { useIssuesAt, useStepForm } from './step-form.tsx'

const BOX =
  'w-full rounded-lg border border-[var(--field-border)] bg-surface px-2.5 aria-invalid:border-tone-danger disabled:text-muted'
export const INPUT = `h-9 ${BOX}`

/** What is wrong with a field, below it. */
export function Problems({ id, texts }: { id: string; texts: readonly string[] }) {
  if (texts.length === 0) return null
  return (
    <div id={id} className="flex flex-col gap-0.5 text-xs text-tone-danger">
      {texts.map((text) => (
        <p key={text} className="[overflow-wrap:anywhere]">
          {text}
        </p>
      ))}
    </div>
  )
}

/** The name of a field above it, what is wrong below. */
function Labelled(props: {
  label: string
  path: string
  help?: string
  children: (own: { id: string; 'data-path': string; 'aria-invalid': boolean; 'aria-describedby': string }) => ReactNode
}) {
  const id = useId()
  const problems = useIssuesAt(props.path)
  return (
    <div className="flex min-w-0 flex-1 flex-col gap-1">
      <label htmlFor={id} className="text-xs font-medium">
        {props.label}
      </label>
      {props.children({
        id,
        'data-path': props.path,
        'aria-invalid': problems.length > 0,
        'aria-describedby': `${id}-help ${id}-wrong`
      })}
      {props.help === undefined ? null : (
        <p id={`${id}-help`} className="text-xs text-muted">
          {props.help}
        </p>
      )}
      <Problems id={`${id}-wrong`} texts={problems} />
    </div>
  )
}

export function TextField(props: {
  label: string
  path: string
  help?: string
  mono?: boolean
  /** What the browser offers. */
  options?: readonly string[]
}) {
  const { label, path, help, mono, options } = props
  const { step, set, readOnly } = useStepForm()
  const list = useId()
  return (
    <Labelled label={label} path={path} {...(help === undefined ? {} : { help })}>
      {(own) => (
        <>
          <input
            {...own}
            value={textAt(step, path)}
            maxLength={limitsOf(step.kind, path).maxLength}
            disabled={readOnly}
            spellCheck={!mono}
            list={options === undefined ? undefined : list}
            onChange={(event) => set(path, event.target.value)}
            className={`${INPUT} ${mono ? 'font-mono text-xs' : ''}`}
          />
          {options === undefined ? null : (
            <datalist id={list}>
              {options.map((option) => (
                <option key={option} value={option} />
              ))}
            </datalist>
          )}
        </>
      )}
    </Labelled>
  )
}

/** A text that is left out where it is empty. */
export function OptionalText({ label, path, help }: { label: string; path: string; help?: string }) {
  const { step, set, readOnly } = useStepForm()
  return (
    <Labelled label={label} path={path} {...(help === undefined ? {} : { help })}>
      {(own) => (
        <input
          {...own}
          value={textAt(step, path)}
          maxLength={limitsOf(step.kind, path).maxLength}
          disabled={readOnly}
          onChange={(event) => set(path, event.target.value === '' ? undefined : event.target.value)}
          className={INPUT}
        />
      )}
    </Labelled>
  )
}

export function LongText({ label, path, rows = 3 }: { label: string; path: string; rows?: number }) {
  const { step, set, readOnly } = useStepForm()
  const value = textAt(step, path)
  const { maxLength } = limitsOf(step.kind, path)
  return (
    <Labelled
      label={label}
      path={path}
      help={`${String(value.length)} of ${String(maxLength ?? '')} characters. {{lead.firstName|there}} is the name, or “there”`}
    >
      {(own) => (
        <textarea
          {...own}
          value={value}
          rows={rows}
          maxLength={maxLength}
          disabled={readOnly}
          onChange={(event) => set(path, event.target.value)}
          className={`${BOX} py-2`}
        />
      )}
    </Labelled>
  )
}

export function NumberField({ label, path, unit }: { label: string; path: string; unit?: string }) {
  const { step, set, readOnly } = useStepForm()
  const { minimum, maximum } = limitsOf(step.kind, path)
  const value = valueAt(step, path)
  return (
    <Labelled label={unit === undefined ? label : `${label}, ${unit}`} path={path}>
      {(own) => (
        <input
          {...own}
          type="number"
          inputMode="numeric"
          min={minimum}
          max={maximum}
          value={typeof value === 'number' && !Number.isNaN(value) ? value : ''}
          disabled={readOnly}
          onChange={(event) => set(path, event.target.value === '' ? null : Number(event.target.value))}
          className={`${INPUT} tnum`}
        />
      )}
    </Labelled>
  )
}

export function ChoiceField(props: {
  label: string
  path: string
  options: readonly { readonly value: string; readonly word: string }[]
}) {
  const { step, set, readOnly } = useStepForm()
  return (
    <Labelled label={props.label} path={props.path}>
      {(own) => (
        <select
          {...own}
          value={textAt(step, props.path)}
          disabled={readOnly}
          onChange={(event) => set(props.path, event.target.value)}
          className={`${INPUT} cursor-pointer`}
        >
          {props.options.map(({ value, word }) => (
            <option key={value} value={value}>
              {word}
            </option>
          ))}
        </select>
      )}
    </Labelled>
  )
}

export function CheckField({ label, path }: { label: string; path: string }) {
  const { step, set, readOnly } = useStepForm()
  return (
    <label className="flex items-center gap-2">
      <input
        type="checkbox"
        data-path={path}
        checked={valueAt(step, path) === true}
        disabled={readOnly}
        onChange={(event) => set(path, event.target.checked)}
        className="size-4 accent-[var(--accent)]"
      />
      {label}
    </label>
  )
}

/** Several short texts, separated by commas. */
export function WordsField({ label, path, help }: { label: string; path: string; help: string }) {
  const { step, set, readOnly } = useStepForm()
  const words = (valueAt(step, path) ?? []) as readonly string[]
  return (
    <Labelled label={label} path={path} help={help}>
      {(own) => (
        <input
          {...own}
          key={`${step.id} ${path}`}
          defaultValue={words.join(', ')}
          disabled={readOnly}
          onChange={(event) => {
            const given = event.target.value
              .split(',')
              .map((word) => word.trim())
              .filter((word) => word !== '')
            set(path, given.length === 0 ? undefined : given)
          }}
          className={INPUT}
        />
      )}
    </Labelled>
  )
}

/** What the caller hears: a text or a recording. `optional` may also be nothing. */
export function PromptField({ label, path, optional = false }: { label: string; path: string; optional?: boolean }) {
  const { step, set, readOnly } = useStepForm()
  const prompt = valueAt(step, path) as Prompt | undefined
  const how = prompt === undefined ? 'nothing' : 'play' in prompt ? 'play' : 'say'
  const id = useId()
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-center justify-between gap-2">
        <label htmlFor={id} className="text-xs font-medium">
          {label}
        </label>
        <select
          id={id}
          value={how}
          disabled={readOnly}
          onChange={(event) => {
            const { value } = event.target
            set(path, value === 'nothing' ? undefined : { [value]: '' })
          }}
          className="h-7 cursor-pointer rounded-md border border-[var(--field-border)] bg-surface px-1.5 text-xs"
        >
          {optional ? <option value="nothing">Nothing</option> : null}
          <option value="say">A text</option>
          <option value="play">A recording</option>
        </select>
      </div>
      {how === 'say' ? <LongText label={`${label}: text`} path={`${path}/say`} /> : null}
      {how === 'play' ? (
        <TextField label={`${label}: address of the recording`} path={`${path}/play`} mono help="An https address" />
      ) : null}
    </div>
  )
}

/** Where a way out of the step leads: another step, or a new one. */
export function WayField({ path }: { path: string }) {
  const { flow, step, set, grow, open, readOnly } = useStepForm()
  const way = edgesOf(step).find((edge) => edge.path === path)
  if (way === undefined) return null
  return (
    <Labelled label={`${wayWords(step, path)}: goes to`} path={path}>
      {(own) => (
        <div className="flex items-center gap-1">
          <select
            {...own}
            value={way.to ?? ''}
            disabled={readOnly}
            onChange={(event) => {
              const { value } = event.target
              if (value.startsWith('+')) grow(path, value.slice(1) as FlowStepKind)
              else set(path, value === '' ? null : value)
            }}
            className={`${INPUT} cursor-pointer`}
          >
            <option value="">{way.optional ? 'As closed' : 'Nowhere yet'}</option>
            <optgroup label="Steps">
              {flow.steps.map((other) => (
                <option key={other.id} value={other.id}>
                  {stepName(other)}
                </option>
              ))}
              {way.to === null || flow.steps.some(({ id }) => id === way.to) ? null : (
                <option value={way.to}>{way.to}, which does not exist</option>
              )}
            </optgroup>
            <optgroup label="A new step">
              {stepKinds.map((kind) => (
                <option key={kind} value={`+${kind}`}>
                  New: {STEP_KINDS[kind].name}
                </option>
              ))}
            </optgroup>
          </select>
          {way.to === null ? null : (
            <IconButton label={`Open ${way.to}`} onPress={() => open(way.to ?? '')}>
              <ArrowRight aria-hidden size={15} />
            </IconButton>
          )}
        </div>
      )}
    </Labelled>
  )
}

/** The ways out of a step, without those that stand beside what leads to them. */
export function Ways({ except = /^$/ }: { except?: RegExp }) {
  const { step } = useStepForm()
  return edgesOf(step)
    .filter(({ path }) => !except.test(path))
    .map(({ path }) => <WayField key={path} path={path} />)
}

/** A list whose entries can be added and taken out. */
export function ListField(props: {
  label: string
  path: string
  /** Of a new entry. */
  make: (entries: readonly unknown[]) => unknown
  add: string
  entry: (path: string, index: number) => ReactNode
}) {
  const { step, set, readOnly } = useStepForm()
  const problems = useIssuesAt(props.path)
  const entries = (valueAt(step, props.path) ?? []) as readonly unknown[]
  const { maxItems = Infinity } = limitsOf(step.kind, props.path)
  const id = useId()
  return (
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1 text-xs font-medium">{props.label}</legend>
      {entries.map((_entry, index) => (
        <Entry
          key={index}
          path={`${props.path}/${String(index)}`}
          label={`${props.label} ${String(index + 1)}`}
          onRemove={readOnly ? null : () => set(props.path, entries.toSpliced(index, 1))}
        >
          {props.entry(`${props.path}/${String(index)}`, index)}
        </Entry>
      ))}
      <Problems id={id} texts={problems} />
      {readOnly || entries.length >= maxItems ? null : (
        <button
          type="button"
          data-path={props.path}
          onClick={() => set(props.path, [...entries, props.make(entries)])}
          className="inline-flex h-8 items-center gap-1.5 self-start rounded-lg px-2 text-xs font-medium text-link hover:bg-default"
        >
          <Plus aria-hidden size={14} /> {props.add}
        </button>
      )}
    </fieldset>
  )
}

function Entry(props: { path: string; label: string; onRemove: (() => void) | null; children: ReactNode }) {
  const { step } = useStepForm()
  const problems = useIssuesAt(props.path)
  const id = useId()
  // A plain value has its problems at its own field.
  const isHolder = typeof valueAt(step, props.path) === 'object'
  return (
    <div className="rounded-lg border border-separator p-2.5">
      <div className="flex items-start gap-2">
        <div className="flex min-w-0 flex-1 flex-col gap-2">{props.children}</div>
        {props.onRemove === null ? null : (
          <IconButton label={`Remove ${props.label}`} onPress={props.onRemove}>
            <X aria-hidden size={14} />
          </IconButton>
        )}
      </div>
      {isHolder ? <Problems id={id} texts={problems} /> : null}
    </div>
  )
}

export function IconButton(props: { label: string; onPress: () => void; disabled?: boolean; children: ReactNode }) {
  return (
    <button
      type="button"
      aria-label={props.label}
      title={props.label}
      disabled={props.disabled}
      onClick={props.onPress}
      className="grid size-8 shrink-0 place-items-center rounded-lg text-muted hover:bg-default hover:text-foreground disabled:opacity-40 disabled:hover:bg-transparent"
    >
      {props.children}
    </button>
  )
}
