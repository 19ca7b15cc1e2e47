import { capitalisedName } from './capitalised-name.ts'

export interface PersonName {
  readonly firstName: string
  /** A person with a single name has it here, since CRMs demand a last name. */
  readonly lastName: string
}

const NOBODY: PersonName = { firstName: '', lastName: '' }

/** Words that belong to the family name after them. */
const PARTICLES = new Set(
  'von van vom zu zur zum den der de del della delle degli dei di da das do dos du des la le les lo el al ter ten te op af av y e bin ibn bint abu ben mac mc st san santa vander'.split(
    ' '
  )
)

const TITLES =
  /^(?:mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|rev|hon|herr|frau|ing|dipl|mag|eng|mme|mlle|monsieur|madame|sr|sra|srta|don|doña)\.?$/i
const SUFFIXES = /^(?:jr|sr|ii|iii|iv|phd|ph\.d|md|m\.d|mba|msc|bsc|cpa|esq|dds|rn|pe|cfa|pmp)\.?$/i

const HAN_KANA_HANGUL = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}々ー・]+$/u

/** Mailboxes of a function and not of a person. */
const ROLE_MAILBOX =
  /^(?:info|sales|contact|hello|hi|office|admin|support|team|mail|kontakt|service|marketing|booking|enquiries|inquiries|no-?reply|billing|hr|jobs|press|ceo|cto|cfo)$/i

/** First and last name of a full name: titles off, particles with the family name, `Last, First` turned round. */
export function splitName(fullName: string): PersonName {
  const cleaned = fullName
    .replace(/\([^)]*\)|"[^"]*"/g, ' ')
    .replace(/\s*[|/–—].*$/, '')
    .replace(/\s+/g, ' ')
    .trim()
  if (cleaned === '' || cleaned.includes('@') || !/\p{L}/u.test(cleaned)) return NOBODY
  return splitWords(inSpokenOrder(cleaned))
}

/** First and last name of an address like `marco.ellison@…`; nobody where the mailbox does not tell. */
export function nameFromMailbox(email: string): PersonName {
  const mailbox = email.split('@')[0] ?? ''
  const parts = mailbox.replace(/\+.*$/, '').split(/[._]/)
  const [first, last] = parts
  const isName = (part: string | undefined): part is string =>
    part !== undefined && /^\p{L}[\p{L}'-]+$/u.test(part) && !ROLE_MAILBOX.test(part)
  if (parts.length !== 2 || !isName(first) || !isName(last)) return NOBODY
  return { firstName: capitalisedName(first.toLowerCase()), lastName: capitalisedName(last.toLowerCase()) }
}

/** `Ellison, Marco` → `Marco Ellison`; what follows a comma otherwise is a title: `Marco Ellison, CTO`. */
function inSpokenOrder(name: string): string {
  const [before = '', after = ''] = name.split(/\s*,\s*/)
  if (after === '') return before
  const words = before.split(' ')
  const isFamily = words.length <= 2 || PARTICLES.has((words[0] ?? '').toLowerCase())
  const isTitle = SUFFIXES.test(after) || (/^[A-Z]{2,4}$/.test(after) && before !== before.toUpperCase())
  const isReversed = isFamily && after.split(' ').length <= 2 && !isTitle
  return isReversed ? `${after} ${before}` : before
}

function splitWords(name: string): PersonName {
  const words = name.split(' ').filter((word) => !TITLES.test(word))
  while (words.length > 2 && SUFFIXES.test(words.at(-1) ?? '')) words.pop()
  const cased = isOneCase(name)
    ? words.map((word) => (PARTICLES.has(word.toLowerCase()) ? word.toLowerCase() : capitalisedName(word)))
    : words
  if (cased.length <= 1) return { firstName: '', lastName: cased[0] ?? '' }
  if (cased.length === 2 && cased.every((word) => HAN_KANA_HANGUL.test(word))) return eastAsianName(cased)
  const particle = cased.findIndex((word, at) => at > 0 && at < cased.length - 1 && PARTICLES.has(word.toLowerCase()))
  const family = particle === -1 ? cased.length - 1 : particle
  return { firstName: cased.slice(0, family).join(' '), lastName: cased.slice(family).join(' ') }
}

/** The family name comes first, unless only the second word is of the one character that most have. */
function eastAsianName([first = '', second = '']: readonly string[]): PersonName {
  const isTurned = [...second].length === 1 && [...first].length > 1
  return isTurned ? { firstName: first, lastName: second } : { firstName: second, lastName: first }
}

function isOneCase(name: string): boolean {
  return name === name.toLowerCase() || name === name.toUpperCase()
}
