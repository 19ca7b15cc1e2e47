import { useId, type InputHTMLAttributes, type ReactNode } from 'react'

/** A field with its name above it and, below, what helps to fill it in. */
export function Field({
  label,
  help,
  wide = true,
  mono = false,
  ...input
}: { label: string; help?: ReactNode; wide?: boolean; mono?: boolean } & Omit<
  InputHTMLAttributes<HTMLInputElement>,
  'className'
>) {
  const id = useId()
  return (
    <div className={`flex flex-col gap-1.5 ${wide ? 'w-full' : ''}`}>
      <label htmlFor={id} className="text-xs font-medium">
        {label}
      </label>
      <input
        id={id}
        aria-describedby={help === undefined ? undefined : `${id}-help`}
        {...input}
        className={`h-9 w-full rounded-lg border border-[var(--field-border)] bg-surface px-3 aria-invalid:border-tone-danger ${mono ? 'font-mono text-xs' : ''}`}
      />
      {help === undefined ? null : (
        <p id={`${id}-help`} className="text-xs text-muted">
          {help}
        </p>
      )}
    </div>
  )
}

/** One of some words, with its name above it. */
export function Choice(props: {
  label: string
  value: string
  options: readonly { readonly value: string; readonly word: string }[]
  onChange: (value: string) => void
}) {
  const id = useId()
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="text-xs font-medium">
        {props.label}
      </label>
      <select
        id={id}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
        className="h-9 cursor-pointer rounded-lg border border-[var(--field-border)] bg-surface px-2.5"
      >
        {props.options.map(({ value, word }) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
    </div>
  )
}

/** What a form was refused for; nothing while there is nothing. */
export function Refusal({ children }: { children: string | null }) {
  return (
    <p role="alert" className="text-tone-danger empty:hidden">
      {children}
    </p>
  )
}
