import type { ParticipantSide } from '@leadlog/contracts'
import { isInDomains } from '../readai/choose-attendee.ts'
import type { ZoomPerson } from './translate-delivery.ts'

/** What tells our people from others. All lower case. */
export interface OwnPeople {
  readonly ownDomains: readonly string[]
  /** Words in the names of programs that listen. */
  readonly notetakers: readonly string[]
  /** The host as the booking names them. */
  readonly host: { readonly name: string | null; readonly email: string | null }
  /** The host's id at Zoom. */
  readonly hostId: string | null
}

/**
 * On which side somebody in a meeting is. Zoom leaves the address out for guests, which customers are: so whoever has neither an
 * id of the account, nor an address of ours, nor the host's name is from outside.
 */
export function participantSide({ name, email, zoomUserId }: ZoomPerson, own: OwnPeople): ParticipantSide {
  if (email !== null) {
    if (isInDomains(email, own.ownDomains) || email === own.host.email?.toLowerCase()) return 'ours'
    return isNotetaker(name, own) ? 'notetaker' : 'outside'
  }
  if (isNotetaker(name, own)) return 'notetaker'
  if (zoomUserId !== null) return 'ours'
  return isSameName(name, own.host.name) ? 'ours' : 'outside'
}

/** Names as people write them: case and spaces play no part. */
export function isSameName(a: string | null, b: string | null): boolean {
  return a !== null && b !== null && plain(a) !== '' && plain(a) === plain(b)
}

export function isNotetaker(name: string | null, { notetakers }: Pick<OwnPeople, 'notetakers'>): boolean {
  const words = plain(name ?? '')
  return notetakers.some((word) => words.includes(word))
}

function plain(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim()
}
