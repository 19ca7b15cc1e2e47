import freeEmailDomains from 'free-email-domains'
import { parse } from 'tldts'
import { capitalisedName } from './capitalised-name.ts'

/** Free-mail providers that the maintained list lacks. */
const MORE_FREE_MAIL = [
  'hey.com',
  'proton.me',
  'pm.me',
  'tutanota.com',
  'tuta.com',
  'duck.com',
  'skiff.com',
  'mailbox.org',
  'posteo.de'
]

const freeMail = new Set([...(freeEmailDomains as readonly string[]), ...MORE_FREE_MAIL])

/** Brands of free mail under many country suffixes: `yahoo.co.uk`, `hotmail.be`. */
const FREE_MAIL_BRANDS = new Set([
  'gmail',
  'googlemail',
  'yahoo',
  'ymail',
  'hotmail',
  'outlook',
  'live',
  'msn',
  'gmx',
  'yandex',
  'aol',
  'icloud',
  'protonmail'
])

/** Names that are kept free for examples (RFC 2606) and so belong to nobody. */
const RESERVED = new Set(['example', 'test', 'localhost', 'invalid', 'local'])

/** A whole name this short is mostly initials: `ibm`, `axa`. */
const LONGEST_INITIALS = 3

const NO_VOWELS = /^[bcdfghjklmnpqrstvwxz]{2,4}$/

/**
 * The company's name as the e-mail's domain tells it: `mail.ellison-freight.co.uk` → `Ellison Freight`. Null for
 * free-mail and disposable domains, addresses of machines, and domains kept free for examples.
 */
export function companyOfEmail(email: string): string | null {
  const host = email.split('@')[1]?.trim().toLowerCase() ?? ''
  const { domain, domainWithoutSuffix: name, isIp } = parse(host, { allowPrivateDomains: true })
  if (isIp || !domain || !name || RESERVED.has(name)) return null
  if (freeMail.has(host) || freeMail.has(domain) || FREE_MAIL_BRANDS.has(name)) return null
  const readable = name.startsWith('xn--') ? null : name
  return readable && readable.split(/[-_]+/).filter(Boolean).map(capitalisedPart).join(' ')
}

function capitalisedPart(part: string, _at: number, parts: readonly string[]): string {
  const isInitials = NO_VOWELS.test(part) || (parts.length === 1 && part.length <= LONGEST_INITIALS)
  return isInitials ? part.toUpperCase() : capitalisedName(part)
}
