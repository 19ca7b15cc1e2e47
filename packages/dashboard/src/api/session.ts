import { useSyncExternalStore } from 'react'
import { createListeners } from '../listeners.ts'

/** How a person is signed in: with an API key in this tab, with the gateway's session, not at all, or not known yet. */
export type SignedIn = 'key' | 'session' | 'no' | 'unknown'

/** The key lives as long as the browser's tab. */
const STORED_AS = 'leadlog.apiKey'
/** Goes with every write, as a page of another origin could not send it. */
export const CSRF_HEADER = 'x-leadlog-csrf'
const { subscribe, tell } = createListeners()
let signedIn: SignedIn = currentKey() === null ? 'unknown' : 'key'

/** The API key that a person pasted; null for a session, or nobody. */
export function currentKey(): string | null {
  return sessionStorage.getItem(STORED_AS)
}

/** Asks whether the browser has a session of the gateway. Once, when the page opens. */
export async function findSession(): Promise<void> {
  if (signedIn !== 'unknown') return
  const answer = await fetch('/v1/me').catch(() => null)
  become(answer?.ok === true ? 'session' : 'no')
}

export function signInWithKey(key: string): void {
  sessionStorage.setItem(STORED_AS, key)
  become('key')
}

/** What the gateway does not know any more is forgotten here too. */
export function forgetSignIn(): void {
  sessionStorage.removeItem(STORED_AS)
  become('no')
}

/** Ends the session at the gateway, or forgets the key. */
export async function signOut(): Promise<void> {
  if (signedIn === 'session') {
    await fetch('/v1/sign-out', { method: 'POST', headers: { [CSRF_HEADER]: '1' } }).catch(() => null)
  }
  forgetSignIn()
}

export function useSignedIn(): SignedIn {
  return useSyncExternalStore(subscribe, () => signedIn)
}

function become(state: SignedIn): void {
  signedIn = state
  tell()
}
