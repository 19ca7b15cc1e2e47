import { comparableText } from '../text/quoted-words.ts'
import type { MeetingInput } from './meeting-input.ts'

/**
 * On whose side a speaker is: the customer, another external person, the own people, or `unknown` where the name of
 * the speaker fits nobody.
 */
export type SpeakerSide = 'customer' | 'external' | 'own' | 'unknown'

interface KnownPerson {
  readonly side: SpeakerSide
  readonly names: readonly (readonly string[])[]
}

/**
 * Tells each speaker's side by the names and addresses of customer and participants. Where somebody of the own people
 * speaks and nobody fits the customer's side, the speakers left over are it: guests often join under a device's name.
 */
export function speakerSides(meeting: MeetingInput): (speaker: string) => SpeakerSide {
  const people = knownPeople(meeting)
  const speakers = [...new Set(meeting.transcript.map(({ speaker }) => speaker))]
  const sides = new Map(speakers.map((speaker) => [speaker, sideOf(speaker, people)]))
  const found = new Set(sides.values())
  const byElimination = found.has('own') && !found.has('customer') && !found.has('external')
  return (speaker) => {
    const side = sides.get(speaker) ?? sideOf(speaker, people)
    return side === 'unknown' && byElimination ? 'external' : side
  }
}

/** True for speech that may be the customer's. */
export function maySpeakForCustomer(side: SpeakerSide): boolean {
  return side !== 'own'
}

function knownPeople(meeting: MeetingInput): KnownPerson[] {
  const { customer } = meeting
  const customerNames = [customer.name, `${customer.firstName ?? ''} ${customer.lastName ?? ''}`, customer.email]
  const asCustomer: KnownPerson = { side: 'customer', names: customerNames.map(nameTokens).filter(isName) }
  const others = meeting.participants
    .filter(({ email }) => email !== customer.email)
    .map(({ name, email, external }): KnownPerson => ({
      side: external ? 'external' : 'own',
      names: [name, email].map(nameTokens).filter(isName)
    }))
  return [asCustomer, ...others]
}

/** The best fitting person's side; a name that fits two sides equally well is unknown. */
function sideOf(speaker: string, people: readonly KnownPerson[]): SpeakerSide {
  const tokens = nameTokens(speaker)
  if (!isName(tokens)) return 'unknown'
  const fits = people.map(({ side, names }) => ({ side, fit: Math.max(0, ...names.map((name) => fit(tokens, name))) }))
  const best = Math.max(...fits.map((entry) => entry.fit))
  const sides = new Set(fits.filter((entry) => entry.fit === best).map(({ side }) => side))
  if (best === 0) return 'unknown'
  if (sides.has('customer') && !sides.has('own')) return 'customer'
  return sides.size === 1 ? ([...sides][0] ?? 'unknown') : 'unknown'
}

/** 3 the same words, 2 one holds all of the other, 1 the same first word and initial, 0 different. */
function fit(speaker: readonly string[], known: readonly string[]): number {
  const [shorter, longer] = speaker.length <= known.length ? [speaker, known] : [known, speaker]
  if (shorter.every((token) => longer.includes(token))) return shorter.length === longer.length ? 3 : 2
  const initialFits = shorter.slice(1).every((token) => longer.some((other) => other.startsWith(token)))
  return shorter.length > 1 && shorter[0] === longer[0] && initialFits ? 1 : 0
}

/** The words of a name or of an address before its at sign, without what stands in parentheses. */
function nameTokens(text: string | null): string[] {
  const name = comparableText((text ?? '').replace(/\([^)]*\)/g, ' ')).replace(/@.*$/, '')
  return name.split(/[^\p{L}\p{N}']+/u).filter((token) => token !== '' && !/^\d+$/.test(token))
}

function isName(tokens: readonly string[]): boolean {
  return tokens.length > 0
}
