import { Button } from '@heroui/react'
import type { AnswerOf } from '../../../api/client.ts'
import { Status } from '../../../design/status.tsx'
import { Time } from '../../../design/time.tsx'
import { isFixed, problemWords, sampleWords } from '../../../words/field-mapping.ts'
import { fieldWords } from '../../../words/fields.ts'
import { nameOf } from '../../../words/names.ts'
import type { MappingCheck } from './use-mapping-check.ts'

export type MappedField = AnswerOf<'/v1/field-mapping'>['fields'][number]
type Problem = MappingCheck['problems'][number]

const GRID =
  'grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-1 px-4 py-2.5 xl:grid-cols-[minmax(8rem,1fr)_minmax(11rem,1.3fr)_9rem_minmax(8rem,1.2fr)]'

/** Ours, theirs, how it goes, and a value that stands there. */
export function MappingHead({ crm }: { crm: string }) {
  return (
    <div aria-hidden className={`${GRID} hidden border-b border-separator text-xs font-medium text-muted xl:grid`}>
      <span>Leadlog</span>
      <span>{nameOf(crm)}</span>
      <span>State</span>
      <span>Last value written</span>
    </div>
  )
}

export function MappingRow(props: {
  crm: string
  field: MappedField
  /** What is wrong now, or would be. */
  problems: readonly Problem[]
  /** What stands in the field while it is edited; undefined while it is only looked at. */
  value: string | undefined
  onValue: (value: string) => void
  list: string
}) {
  const { crm, field, problems, value, onValue, list } = props
  const editable = value !== undefined && !isFixed(field.field)
  const place = value ?? field.apiName ?? ''
  const state =
    problems.length > 0 ? 'wrong' : place === '' ? 'off' : editable && place !== field.apiName ? 'changed' : field.state
  const sample = sampleWords(field.sample)
  const words = fieldWords(field.field)
  const problemId = `problem-${field.field}`
  return (
    <li className={GRID} data-field={field.field}>
      <div className="order-1 min-w-0 self-center xl:order-none">
        <p className="font-medium">{words}</p>
        <p className="text-xs text-muted">{formatWords(field)}</p>
      </div>
      <div className="order-3 col-span-2 min-w-0 self-center xl:order-none xl:col-span-1">
        {editable ? (
          <input
            aria-label={`${words} in ${nameOf(crm)}`}
            aria-invalid={problems.length > 0}
            aria-describedby={problems.length > 0 ? problemId : undefined}
            list={list}
            value={value}
            placeholder="Not written"
            maxLength={120}
            spellCheck={false}
            onChange={(event) => onValue(event.target.value)}
            className="h-9 w-full rounded-lg border border-[var(--field-border)] bg-surface px-2.5 font-mono text-xs placeholder:text-[var(--field-placeholder)] aria-invalid:border-tone-danger"
          />
        ) : place === '' ? (
          <span className="text-muted">Not written</span>
        ) : (
          <span className="font-mono text-xs [overflow-wrap:anywhere]">{place}</span>
        )}
        {value !== undefined && isFixed(field.field) ? (
          <p className="text-xs text-muted">Records are found by it; the configuration names it</p>
        ) : field.configured !== null && field.configured !== field.apiName && value === undefined ? (
          <p className="text-xs text-muted">
            As configured: <span className="font-mono">{field.configured}</span>
          </p>
        ) : null}
      </div>
      <div className="order-2 self-center xl:order-none">
        <Status kind="mapping" state={state} />
      </div>
      <p
        className="order-4 col-span-2 min-w-0 self-center truncate text-muted xl:order-none xl:col-span-1"
        title={sample}
      >
        {sample === '' ? <span aria-label="none yet">–</span> : sample}
      </p>
      {problems.length === 0 ? null : (
        <div id={problemId} className="order-5 col-span-2 text-tone-danger xl:order-none xl:col-span-4" role="status">
          {problems.map((problem) => {
            const { what, todo } = problemWords(crm, problem)
            return (
              <p key={`${problem.kind} ${problem.problem}`} className="[overflow-wrap:anywhere]">
                <span className="font-medium">{what}</span> {todo}
              </p>
            )
          })}
          <Suggestions
            names={editable ? [...new Set(problems.flatMap(({ suggestions }) => suggestions))] : []}
            onName={onValue}
          />
        </div>
      )}
      {field.lastError === null || problems.length > 0 ? null : (
        <p className="order-5 col-span-2 text-xs [overflow-wrap:anywhere] text-tone-danger xl:order-none xl:col-span-4">
          Refused <Time at={field.lastError.at} />: {field.lastError.message}
        </p>
      )}
    </li>
  )
}

function Suggestions({ names, onName }: { names: readonly string[]; onName: (name: string) => void }) {
  if (names.length === 0) return null
  return (
    <div className="mt-1 flex flex-wrap items-center gap-2 text-foreground">
      <span className="text-xs text-muted">Would do:</span>
      {names.map((name) => (
        <Button key={name} size="sm" variant="secondary" onPress={() => onName(name)}>
          {name}
        </Button>
      ))}
    </div>
  )
}

const FORMATS: Readonly<Record<string, string>> = {
  text: 'one line',
  prose: 'text',
  lines: 'list',
  datetime: 'date and time',
  instant: 'date and time',
  day: 'date',
  html: 'text',
  number: 'number',
  email: 'e-mail',
  phone: 'phone',
  url: 'link',
  choice: 'pick list',
  id: 'key',
  user: 'user'
}

function formatWords({ format }: MappedField): string {
  return format === null ? '' : (FORMATS[format] ?? format)
}
