import { useSyncExternalStore } from 'react'
import { createListeners } from '../listeners.ts'
import type { Search } from './search-params.ts'

/** A name for a search that somebody comes back to. */
export interface View {
  readonly name: string
  readonly search: Search
}

const { subscribe, tell } = createListeners()
const read = new Map<string, { text: string; views: readonly View[] }>()

/** The views that a person saved of a list, in this browser. */
export function useSavedViews(list: string) {
  const views = useSyncExternalStore(subscribe, () => savedViews(list))
  const store = (next: readonly View[]): void => {
    localStorage.setItem(keyOf(list), JSON.stringify(next))
    tell()
  }
  return {
    views,
    save: (view: View) => store([...views.filter(({ name }) => name !== view.name), view]),
    remove: (name: string) => store(views.filter((view) => view.name !== name))
  }
}

function savedViews(list: string): readonly View[] {
  const text = localStorage.getItem(keyOf(list)) ?? '[]'
  const known = read.get(list)
  if (known?.text === text) return known.views
  const views = parseViews(text)
  read.set(list, { text, views })
  return views
}

/** What another version, or a person, left there must not break the list. */
export function parseViews(text: string): readonly View[] {
  try {
    const given = JSON.parse(text) as unknown
    return Array.isArray(given) ? given.filter(isView) : []
  } catch {
    return []
  }
}

function isView(given: unknown): given is View {
  const { name, search } = (given ?? {}) as Partial<Record<keyof View, unknown>>
  return typeof name === 'string' && typeof search === 'object' && search !== null
}

function keyOf(list: string): string {
  return `leadlog.views.${list}`
}
