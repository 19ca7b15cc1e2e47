import { useEffect, useRef, useState } from 'react'
import { ChevronDown, Search as SearchIcon } from 'lucide-react'

export interface Option {
  readonly value: string
  readonly word: string
}

const FIELD =
  'h-8 rounded-lg border border-[var(--field-border)] bg-surface text-sm shadow-[var(--field-shadow)] hover:border-muted'

/** One of some words, or any. The browser's own list: it works everywhere, on phones best of all. */
export function ChoiceFilter(props: {
  label: string
  any: string
  value: string | undefined
  options: readonly Option[]
  onChange: (value: string | undefined) => void
}) {
  const active = props.value !== undefined
  return (
    <span className="relative inline-flex min-w-0">
      <select
        aria-label={props.label}
        value={props.value ?? ''}
        onChange={(event) => props.onChange(event.target.value === '' ? undefined : event.target.value)}
        className={`${FIELD} w-full cursor-pointer appearance-none pr-7 pl-2.5 text-ellipsis ${active ? 'font-medium text-foreground' : 'text-muted'}`}
      >
        <option value="">{props.any}</option>
        {props.options.map(({ value, word }) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
      <ChevronDown aria-hidden size={14} className="pointer-events-none absolute top-2 right-2 text-muted" />
    </span>
  )
}

/** Typing settles before it asks. */
const SETTLE_MS = 250

/** Words to look for; `/` from anywhere comes here. */
export function TextFilter(props: {
  label: string
  placeholder: string
  value: string | undefined
  onChange: (value: string | undefined) => void
}) {
  const { value, onChange } = props
  const [text, setText] = useState(value ?? '')
  const asked = useRef(value ?? '')
  useEffect(() => {
    if ((value ?? '') !== asked.current) {
      asked.current = value ?? ''
      setText(value ?? '')
    }
  }, [value])
  useEffect(() => {
    if (text === asked.current) return
    const timer = setTimeout(() => {
      asked.current = text
      onChange(text === '' ? undefined : text)
    }, SETTLE_MS)
    return () => clearTimeout(timer)
  }, [text, onChange])
  return (
    <span className="relative order-first col-span-2 inline-flex @lg:order-none @lg:w-64">
      <SearchIcon aria-hidden size={14} className="pointer-events-none absolute top-2 left-2.5 text-muted" />
      <input
        type="search"
        data-search
        aria-label={props.label}
        placeholder={props.placeholder}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur()
        }}
        className={`${FIELD} w-full pr-2 pl-8 placeholder:text-[var(--field-placeholder)]`}
      />
    </span>
  )
}
