import type { Keyring } from '@leadlog/keyring'

/** Whom a word means: an e-mail address, or the id of a person or lead, which are the same. */
export function findPerson(
  keyring: Pick<Keyring, 'personId'>,
  word: string
): { personId: string; email: string | null } {
  const text = word.trim()
  return text.includes('@')
    ? { personId: keyring.personId(text), email: text.toLowerCase() }
    : { personId: text, email: null }
}
