import { createListeners } from '@leadlog/dashboard/listeners'
import { useSyncExternalStore } from 'react'

/** As long as the panel is open, a reload included. */
const STORED_AS = 'leadlog.panel-meeting'
const { subscribe, tell } = createListeners()
let chosen: string | null = stored()

/** The meeting that was chosen by hand; null where none was. */
export function useChosenMeeting(): string | null {
  return useSyncExternalStore(subscribe, () => chosen)
}

/** @param id null where the meeting around the panel is another now */
export function chooseMeeting(id: string | null): void {
  chosen = id
  try {
    if (id === null) sessionStorage.removeItem(STORED_AS)
    else sessionStorage.setItem(STORED_AS, id)
  } catch {
    // Then it is chosen again after a reload.
  }
  tell()
}

function stored(): string | null {
  try {
    return sessionStorage.getItem(STORED_AS)
  } catch {
    return null
  }
}
