import type { Customer } from '@leadlog/contracts'

/** Who told a contact detail. */
export type ContactSource = 'manual' | 'calendly' | 'readai' | 'zoom' | 'first-sight'

/** What a person typed goes before what a form asked, and that before what a notetaker overheard. */
const precedence: Record<ContactSource, number> = { manual: 4, calendly: 3, readai: 2, zoom: 1, 'first-sight': 0 }

/** First and last name go together, so that a name is never put together from two sources. */
interface PersonName {
  readonly firstName: string | null
  readonly lastName: string | null
}

interface Told<Value> {
  readonly value: Value
  readonly source: ContactSource
  /** Own time of the fact that told it, Unix milliseconds. */
  readonly toldAt: number
}

/** The best known value of each contact detail. */
export interface Contact {
  readonly email: Told<string> | null
  readonly name: Told<PersonName> | null
  readonly phone: Told<string> | null
  readonly timezone: Told<string> | null
}

export const noContact: Contact = { email: null, name: null, phone: null, timezone: null }

/** Adds what one fact told of the customer. The result is the same for every order of the same facts. */
export function addContact(contact: Contact, customer: Customer, source: ContactSource, toldAt: number): Contact {
  const told = <Value>(value: Value | null): Told<Value> | null =>
    value === null ? null : { value, source, toldAt: Number.isNaN(toldAt) ? 0 : toldAt }
  return {
    email: better(contact.email, told(textOrNull(customer.email)?.toLowerCase() ?? null)),
    name: better(contact.name, told(nameOf(customer))),
    phone: better(contact.phone, told(textOrNull(customer.phone))),
    timezone: better(contact.timezone, told(textOrNull(customer.timezone)))
  }
}

/** By source, then the newest; of two told at once the one that sorts last, so that the choice is always the same. */
function better<Value>(known: Told<Value> | null, candidate: Told<Value> | null): Told<Value> | null {
  if (known === null || candidate === null) return candidate ?? known
  const order =
    precedence[candidate.source] - precedence[known.source] ||
    candidate.toldAt - known.toldAt ||
    (JSON.stringify(candidate.value) > JSON.stringify(known.value) ? 1 : -1)
  return order > 0 ? candidate : known
}

/** A single word is taken for the last name, which a CRM insists on. */
function nameOf(customer: Customer): PersonName | null {
  const firstName = textOrNull(customer.firstName)
  const lastName = textOrNull(customer.lastName)
  if (firstName !== null || lastName !== null) return { firstName, lastName }
  const words = (textOrNull(customer.name) ?? '').split(/\s+/).filter((word) => word !== '' && !word.includes('@'))
  const last = words.at(-1)
  if (last === undefined) return null
  return { firstName: words.length > 1 ? words.slice(0, -1).join(' ') : null, lastName: last }
}

function textOrNull(text: string | null): string | null {
  const trimmed = text?.trim() ?? ''
  return trimmed === '' ? null : trimmed
}
