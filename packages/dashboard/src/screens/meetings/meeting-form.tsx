import { useId, type ReactNode } from 'react'
import { Choice, Field } from '../../design/field.tsx'
import { zoneWords } from '../../words/calendar.ts'

const LENGTHS = [15, 30, 45, 60, 90, 120]

/** Day, time and length, in the reader's zone. */
export function TimeFields(props: {
  start: string
  minutes: number
  problem: string | null
  onStart: (start: string) => void
  onMinutes: (minutes: number) => void
}) {
  const { start, minutes, problem } = props
  const lengths = LENGTHS.includes(minutes) ? LENGTHS : [...LENGTHS, minutes].sort((a, b) => a - b)
  const at = Date.parse(start)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-3">
      <Field
        label="Begins"
        type="datetime-local"
        value={start}
        aria-invalid={problem !== null}
        help={problem === null ? zoneWords(Number.isNaN(at) ? Date.now() : at) : <Wrong>{problem}</Wrong>}
        onChange={(event) => props.onStart(event.target.value)}
      />
      <Choice
        label="Length"
        value={String(minutes)}
        options={lengths.map((length) => ({ value: String(length), word: `${String(length)} min` }))}
        onChange={(value) => props.onMinutes(Number(value))}
      />
    </div>
  )
}

/** What is wrong with a field, below it. */
export function Wrong({ children }: { children: ReactNode }) {
  return (
    <span role="alert" className="text-tone-danger">
      {children}
    </span>
  )
}

/** Several lines, with their name above. */
export function TextField(props: { label: string; value: string; help?: string; onChange: (value: string) => void }) {
  const id = useId()
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-xs font-medium">
        {props.label}
      </label>
      <textarea
        id={id}
        rows={2}
        maxLength={500}
        value={props.value}
        aria-describedby={`${id}-help`}
        onChange={(event) => props.onChange(event.target.value)}
        className="w-full rounded-lg border border-[var(--field-border)] bg-surface px-2.5 py-2"
      />
      <p id={`${id}-help`} className="text-xs text-muted empty:hidden">
        {props.help}
      </p>
    </div>
  )
}
