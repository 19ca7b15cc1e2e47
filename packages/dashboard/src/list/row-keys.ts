import { useEffect, useRef, type RefObject } from 'react'
import { nextRow } from './next-row.ts'
import { isTyping } from './typing.ts'

interface KeyedList {
  readonly count: number
  /** The row whose detail is open; -1 for none. It moves along with the focus. */
  readonly openIndex: number
  /** Brings a row into the page where rows are virtual. */
  readonly show?: (index: number) => void
}

/**
 * Moves between rows that are links marked with `data-row-link`: j and k from anywhere but a field, arrows, Home and
 * End from a row.
 *
 * @returns to be put on the element that holds the rows
 */
export function useRowKeys<E extends HTMLElement = HTMLUListElement>(list: KeyedList): RefObject<E | null> {
  const holder = useRef<E>(null)
  const latest = useRef(list)
  latest.current = list
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return
      const { count, openIndex, show } = latest.current
      const focused = document.activeElement?.getAttribute('data-row-link') ?? null
      const to = nextRow(event.key, focused === null ? openIndex : Number(focused), count, focused !== null)
      if (to === null) return
      event.preventDefault()
      show?.(to)
      requestAnimationFrame(() => {
        const link = holder.current?.querySelector<HTMLElement>(`[data-row-link="${String(to)}"]`)
        link?.focus()
        if (openIndex >= 0 && openIndex !== to) link?.click()
      })
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  return holder
}
