import { useCallback, useEffect, useRef, type RefObject } from 'react'
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
 * End from a row. When a detail closes that had the focus, its row gets it.
 *
 * @returns to be put on the element that holds the rows
 */
export function useRowKeys<E extends HTMLElement = HTMLUListElement>(list: KeyedList): RefObject<E | null> {
  const holder = useRef<E>(null)
  const latest = useRef(list)
  latest.current = list
  // Keys may come faster than rows are drawn: the next one goes on from where the one before leads.
  const goal = useRef<number | null>(null)
  const goTo = useCallback((to: number): void => {
    const arrive = (frames: number): void => {
      const link = holder.current?.querySelector<HTMLElement>(`[data-row-link="${String(to)}"]`)
      if (goal.current !== to) return
      if (!link && frames > 0) {
        requestAnimationFrame(() => arrive(frames - 1))
        return
      }
      goal.current = null
      link?.focus()
      const { openIndex } = latest.current
      if (openIndex >= 0 && openIndex !== to) link?.click()
    }
    goal.current = to
    latest.current.show?.(to)
    requestAnimationFrame(() => arrive(FRAMES_TO_WAIT))
  }, [])
  const wasOpen = useRef(-1)
  useEffect(() => {
    if (list.openIndex < 0 && wasOpen.current >= 0 && isNowhere(document.activeElement)) goTo(wasOpen.current)
    wasOpen.current = list.openIndex
  }, [list.openIndex, goTo])
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target)) return
      const { count, openIndex } = latest.current
      const focused = document.activeElement?.getAttribute('data-row-link') ?? null
      const at = goal.current ?? (focused === null ? openIndex : Number(focused))
      const to = nextRow(event.key, at, count, focused !== null || goal.current !== null)
      if (to === null) return
      event.preventDefault()
      goTo(to)
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [goTo])
  return holder
}

/** Where the focus is when what had it went away. */
function isNowhere(element: Element | null): boolean {
  return element === null || element === document.body
}
