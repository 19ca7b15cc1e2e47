import { useSyncExternalStore } from 'react'
import { createListeners } from '../listeners.ts'

export type Theme = 'system' | 'light' | 'dark'

const STORED_AS = 'leadlog.theme'
const { subscribe, tell } = createListeners()
const dark = matchMedia('(prefers-color-scheme: dark)')

function chosen(): Theme {
  const theme = localStorage.getItem(STORED_AS)
  return theme === 'light' || theme === 'dark' ? theme : 'system'
}

/** Puts the theme on the page: the person's choice, else the system's. */
export function applyTheme(): void {
  const theme = chosen()
  const isDark = theme === 'dark' || (theme === 'system' && dark.matches)
  document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light'
  document.documentElement.classList.toggle('dark', isDark)
}

export function chooseTheme(theme: Theme): void {
  if (theme === 'system') localStorage.removeItem(STORED_AS)
  else localStorage.setItem(STORED_AS, theme)
  applyTheme()
  tell()
}

export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, chosen)
}

dark.addEventListener('change', applyTheme)
