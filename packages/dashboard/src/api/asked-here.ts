import { safeReturn } from '../words/sign-in.ts'

/** Where the person wanted to go when this browser asked for a link. */
const STORED_AS = 'leadlog.askedFor'

/** Notes that this browser asked for a link, and where its person wanted to go. */
export function noteAsked(address: string): void {
  localStorage.setItem(STORED_AS, address)
}

/** Whether this browser asked for a link: only then may one be used without a further question. */
export function askedHere(): boolean {
  return localStorage.getItem(STORED_AS) !== null
}

/** Where to go after signing in; the note is used up, which other tabs hear of. */
export function takeReturn(): string {
  const address = safeReturn(localStorage.getItem(STORED_AS))
  localStorage.removeItem(STORED_AS)
  return address
}

/** Calls back when another tab of this browser finished signing in. */
export function whenDoneElsewhere(listener: () => void): () => void {
  const onStorage = ({ key, newValue }: StorageEvent): void => {
    if (key === STORED_AS && newValue === null) listener()
  }
  addEventListener('storage', onStorage)
  return () => removeEventListener('storage', onStorage)
}
