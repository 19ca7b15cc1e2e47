import type { ContactChannel, ContactPurpose, QuietHours, SuppressionReason } from '@leadlog/contracts'
import { quietUntil } from './quiet-hours.ts'
import type { Suppression } from './suppression.ts'

export interface ContactQuestion {
  readonly suppression: Suppression
  readonly channel: ContactChannel
  readonly purpose: ContactPurpose
  readonly now: Date
  /** Of the recipient; where it is one of several, all of them. */
  readonly timeZones: readonly string[]
  /** By the recipient's clock. */
  readonly quietHours: QuietHours
}

export type ContactVerdict =
  | { readonly result: 'allowed' }
  | { readonly result: 'suppressed'; readonly factId: string; readonly reason: SuppressionReason }
  /** Not now. At that time it is to be looked at again. */
  | { readonly result: 'quiet'; readonly until: Date }

/**
 * Whether somebody may be called or written to now. What closes a channel holds for every purpose, but that the vendor's
 * rules want an opt-out confirmed. An answer to what the person said just now, and such a confirmation, do not wait for
 * the morning.
 */
export function mayContact(question: ContactQuestion): ContactVerdict {
  const { suppression, channel, purpose, now, timeZones, quietHours } = question
  const closed = suppression.facts.find(
    (fact) => fact.channel === channel && !(purpose === 'confirmation' && fact.reason === 'opted-out')
  )
  if (closed) return { result: 'suppressed', factId: closed.factId, reason: closed.reason }
  if (purpose === 'answer' || purpose === 'confirmation') return { result: 'allowed' }
  const until = quietUntil(timeZones, quietHours, now)
  return until === null ? { result: 'allowed' } : { result: 'quiet', until }
}
