import { useEffect, useRef, type RefObject } from 'react'
import { nextRow } from './next-row.ts'
import { isTyping } from './typing.ts'

/** A row that is scrolled to is drawn within a few frames. */
const FRAMES_TO_WAIT = 20

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
    // Keys may come faster than rows are drawn: the next one goes on from where the one before leads.
    let goal: number | null = null
    const arrive = (to: number, frames: number): void => {
      const link = holder.current?.querySelector<HTMLElement>(`[data-row-link="${String(to)}"]`)
      if (goal !== to) return
      if (!link && frames > 0) {
        requestAnimationFrame(() => arrive(to, frames - 1))
        return
      }
      goal = null
      link?.focus()
      const { openIndex } = latest.current
      if (openIndex >= 0 && openIndex !== to) link?.click()
    }
    const onKey = (event: KeyboardEvent): void => {
      if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return
      const { count, openIndex, show } = latest.current
      const focused = document.activeElement?.getAttribute('data-row-link') ?? null
      const at = goal ?? (focused === null ? openIndex : Number(focused))
      const to = nextRow(event.key, at, count, focused !== null || goal !== null)
      if (to === null) return
      event.preventDefault()
      goal = to
      show?.(to)
      requestAnimationFrame(() => arrive(to, FRAMES_TO_WAIT))
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])
  return holder
}
