import { phoneNumber } from '@leadlog/call-flow'
import type { Keyring } from '@leadlog/keyring'

/** Somebody who is to be erased, and what is known of how they are named. */
export interface Whom {
  readonly personId: string
  readonly email: string | null
  /** In E.164; of a caller of whom nothing else is known. */
  readonly number: string | null
}

/** Nothing but what a phone number is written with, its country's code first. */
const NUMBER = /^\+[\d\s().\/-]+$/

/**
 * Whom a word means: an e-mail address, the id of a person or lead, which are the same, or a phone number with its
 * country's code: the calls with it that are no lead's.
 */
export function findPerson(keyring: Pick<Keyring, 'personId' | 'fingerprint'>, word: string): Whom {
  const text = word.trim()
  if (text.includes('@')) return { personId: keyring.personId(text), email: text.toLowerCase(), number: null }
  const number = NUMBER.test(text) ? phoneNumber(text) : null
  if (number !== null) return { personId: keyring.fingerprint('caller', number), email: null, number }
  return { personId: text, email: null, number: null }
}
