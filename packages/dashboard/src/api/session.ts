import { useSyncExternalStore } from 'react'
import { createListeners } from '../listeners.ts'
import type { GatewayReads } from './gateway-api.ts'
import { ApiProblem, problemOf } from './problem.ts'
import { reach } from './reach.ts'

/** Who is signed in and what they may. */
export type Me = GatewayReads['/v1/me']['answer']

/**
 * `unknown`: not asked yet. `unclear`: the gateway could not say. `no`: nobody; `ended` when it was somebody a moment
 * ago. `yes`: a person by a session of the gateway, or a key that this tab keeps.
 */
export type SignedIn =
  | { readonly state: 'unknown' }
  | { readonly state: 'unclear'; readonly problem: ApiProblem }
  | { readonly state: 'no'; readonly ended: boolean }
  | { readonly state: 'yes'; readonly me: Me }

/** The key lives as long as the browser's tab. */
const STORED_AS = 'leadlog.apiKey'
/** Goes with every write, as a page of another origin could not send it. */
export const CSRF_HEADER = 'x-leadlog-csrf'

const watched = createListeners()
const left = createListeners()
let signedIn: SignedIn = { state: 'unknown' }

/** The API key that a person pasted; null for a session, or nobody. */
export function currentKey(): string | null {
  return sessionStorage.getItem(STORED_AS)
}

/** Asks who is signed in. Only the gateway's 401 means nobody; whatever else keeps it from answering does not. */
export async function findSession(): Promise<void> {
  try {
    const me = await askWho(currentKey())
    if (me === null) forgetSignIn()
    else become({ state: 'yes', me })
  } catch (error) {
    // Who was known stays known: what they ask for next says by itself what is wrong.
    if (signedIn.state === 'yes') return
    become({ state: 'unclear', problem: asProblem(error) })
  }
}

/** @throws ApiProblem 401 for a key that the gateway does not know; another when it could not say */
export async function signInWithKey(key: string): Promise<void> {
  const me = await askWho(key)
  if (me === null) throw new ApiProblem(401, 'API_KEY_WRONG', 'This key is not valid. npm start prints the right one.')
  sessionStorage.setItem(STORED_AS, key)
  become({ state: 'yes', me })
}

/** What the gateway does not know any more is forgotten here too. */
export function forgetSignIn(): void {
  sessionStorage.removeItem(STORED_AS)
  become({ state: 'no', ended: signedIn.state === 'yes' })
}

/**
 * Ends the session at the gateway, or forgets the key.
 *
 * @throws ApiProblem when the session could not be ended; then it goes on
 */
export async function signOut(): Promise<void> {
  if (signedIn.state === 'yes' && signedIn.me.user !== null) {
    const answer = await reach('/v1/sign-out', { method: 'POST', headers: { [CSRF_HEADER]: '1' } })
    if (!answer.ok && answer.status !== 401) throw await problemOf(answer)
  }
  sessionStorage.removeItem(STORED_AS)
  become({ state: 'no', ended: false })
}

/** Who is signed in at this moment. */
export function signedInNow(): SignedIn {
  return signedIn
}

export function useSignedIn(): SignedIn {
  return useSyncExternalStore(watched.subscribe, signedInNow)
}

/** Who is signed in, on screens that stand behind the sign-in. */
export function useMe(): Me {
  const state = useSignedIn()
  // A screen may be drawn once more while it is taken away.
  return state.state === 'yes' ? state.me : NOBODY
}

const NOBODY: Me = { actor: '', scopes: [], reads: 'own', user: null }

/** Calls back when somebody is signed in no more, or somebody else is. What was read for them must not be shown then. */
export const whenSignedOut = left.subscribe

function become(state: SignedIn): void {
  const before = signedIn
  signedIn = state
  if (before.state === 'yes' && (state.state !== 'yes' || state.me.actor !== before.me.actor)) left.tell()
  watched.tell()
}

async function askWho(key: string | null): Promise<Me | null> {
  const answer = await reach('/v1/me', key === null ? {} : { headers: { authorization: `Bearer ${key}` } })
  if (answer.status === 401) return null
  if (!answer.ok) throw await problemOf(answer)
  return (await answer.json()) as Me
}

function asProblem(error: unknown): ApiProblem {
  if (error instanceof ApiProblem) return error
  return new ApiProblem(0, 'UNEXPECTED', error instanceof Error ? error.message : String(error))
}
