import freeMail from 'free-email-domains'
import { getDomainWithoutSuffix, getDomain } from 'tldts'
import { COMMON_WORDS, NOBODY } from './common-words.ts'

/** Everything that tells who somebody is, as it was found. */
export interface PersonalValues {
  /** Whole values: names, addresses, numbers, links. */
  readonly values: ReadonlySet<string>
  /** Their parts, lower case. Replaced wherever they stand as a word. */
  readonly words: ReadonlySet<string>
  /** Digits of telephone numbers. */
  readonly phones: ReadonlySet<string>
}

/** Letters and digits that stand together. */
export const WORD = /[\p{L}\p{M}\p{N}]+/gu
export const EMAIL = /[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu
/** What may be a telephone number: digits with the signs that people put between them. */
export const PHONE = /\+?\(?\d[\d\s()./-]{5,}\d/g

const NAME_KEYS = new Set(['name', 'first_name', 'last_name', 'firstname', 'lastname', 'user_name', 'full_name'])
/** Where these stand beside a name, the name is a person's and not a thing's. */
const PERSON_KEYS = ['email', 'user_email', 'first_name', 'firstName', 'lastName']
const PHONE_KEYS = new Set(['phone', 'mobile', 'text_reminder_number'])
const COMPANY_KEYS = new Set(['company', 'company_name', 'website'])
/** Links that let in whoever has them. */
const LINK_KEYS = new Set([
  'join_url',
  'joinurl',
  'cancel_url',
  'reschedule_url',
  'platformmeetingid',
  'platform_meeting_id'
])
const DIGEST_KEYS = new Set(['digest', 'contentdigest', 'valuesdigest'])
const ID_KEYS = new Set(['personid', 'leadid', 'keyid'])
const LEAST_PHONE_DIGITS = 7
const UUID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g
const LEAST_LINK_TOKEN = 6

/** Mail of these comes from a machine; their names are names of sources in every event. */
const VENDOR_DOMAINS = new Set(['calendly.com', 'read.ai', 'zoom.us', 'zoho.com', 'hubspot.com', 'google.com'])

/**
 * Finds what is personal in values of any form: bodies of webhooks, data of events.
 *
 * @param ownDomains of the operator's own organisation, whose name is no secret of a customer; its people are replaced
 */
export function findPersonalValues(sources: readonly unknown[], ownDomains: readonly string[]): PersonalValues {
  const values = new Set<string>()
  const words = new Set<string>()
  const phones = new Set<string>()

  const name = (value: unknown): void => {
    if (typeof value !== 'string' || value.trim() === '') return
    if (value.includes('@')) return
    values.add(value.trim())
    for (const part of wordsOf(value)) if (isName(part)) words.add(part)
  }
  const company = (value: unknown): void => {
    if (typeof value !== 'string') return
    for (const part of wordsOf(value)) if (isName(part) && part.length > 2 && !COMMON_WORDS.has(part)) words.add(part)
  }
  const email = (address: string): void => {
    const [local = '', domain = ''] = address.toLowerCase().split('@')
    values.add(address.toLowerCase())
    for (const part of wordsOf(local)) if (isName(part)) words.add(part)
    const registered = getDomain(domain) ?? domain
    if (freeMail.includes(registered) || VENDOR_DOMAINS.has(registered)) return
    if (ownDomains.some((own) => domain === own || domain.endsWith(`.${own}`))) return
    company(getDomainWithoutSuffix(domain) ?? domain.split('.').slice(0, -1).join('.'))
  }
  const phone = (value: unknown): void => {
    const digits = digitsOf(String(value))
    if (digits.length >= LEAST_PHONE_DIGITS && digits.length <= 15) phones.add(digits)
  }
  const link = (value: unknown): void => {
    if (typeof value !== 'string' && typeof value !== 'number') return
    const path = String(value)
      .toLowerCase()
      .replace(/^https?:\/\/[^/]*/, '')
    for (const [id] of path.matchAll(UUID)) words.add(id)
    for (const part of wordsOf(path.replace(UUID, ' '))) {
      if (part.length >= LEAST_LINK_TOKEN && /\d/.test(part)) words.add(part)
    }
  }
  const text = (value: string): void => {
    for (const [address] of value.matchAll(EMAIL)) email(address)
    for (const [number] of value.matchAll(PHONE)) if (number.startsWith('+')) phone(number)
  }

  const visit = (value: unknown, parent: string): void => {
    if (typeof value === 'string') text(value)
    if (typeof value !== 'object' || value === null) return
    if (Array.isArray(value)) {
      for (const one of value) visit(one, parent)
      return
    }
    const fields = value as Readonly<Record<string, unknown>>
    const isPerson = parent === 'speaker' || PERSON_KEYS.some((key) => key in fields)
    for (const [key, inner] of Object.entries(fields)) {
      const known = key.toLowerCase()
      if (NAME_KEYS.has(known) && isPerson) name(inner)
      if (known === 'speaker') name(inner)
      if (PHONE_KEYS.has(known)) phone(inner)
      if (COMPANY_KEYS.has(known)) company(inner)
      if (LINK_KEYS.has(known)) link(inner)
      if ((DIGEST_KEYS.has(known) || ID_KEYS.has(known)) && isHex(inner)) words.add(inner)
      visit(inner, known)
    }
    enrichedField(fields)
  }
  /** A field that was read, in its own form: `{ field, value }`. */
  const enrichedField = ({ field, value }: Readonly<Record<string, unknown>>): void => {
    if (field === 'firstName' || field === 'lastName') name(value)
    if (field === 'company' || field === 'website') company(value)
    if (field === 'phone') phone(value)
  }
  for (const source of sources) visit(source, '')
  return { values, words, phones }
}

export function wordsOf(text: string): string[] {
  return [...text.toLowerCase().matchAll(WORD)].map(([word]) => word)
}

function isName(word: string): boolean {
  return word.length > 1 && !NOBODY.has(word)
}

export function digitsOf(text: string): string {
  return text.replace(/\D/g, '')
}

function isHex(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{16,}$/.test(value)
}
