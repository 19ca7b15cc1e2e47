import { useSyncExternalStore } from 'react'

/** The key lives as long as the browser's tab. */
const STORED_AS = 'leadlog.apiKey'
const listeners = new Set<() => void>()

/** Who asks: an API key that a person pasted, or nobody. */
export function currentKey(): string | null {
  return sessionStorage.getItem(STORED_AS)
}

export function signInWithKey(key: string): void {
  sessionStorage.setItem(STORED_AS, key)
  tell()
}

export function signOut(): void {
  sessionStorage.removeItem(STORED_AS)
  tell()
}

/** The key, followed through signing in and out. */
export function useKey(): string | null {
  return useSyncExternalStore((listener) => {
    listeners.add(listener)
    return () => listeners.delete(listener)
  }, currentKey)
}

function tell(): void {
  for (const listener of listeners) listener()
}
