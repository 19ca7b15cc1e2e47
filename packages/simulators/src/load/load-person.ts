import { seededChoice, sha256Hex } from '../seeded.ts'
import type { Customer } from '../sample-day/customer.ts'
import { customers } from '../sample-day/customers.ts'

const firstNames = [
  'Ada',
  'Bruno',
  'Chiara',
  'Dmitri',
  'Elif',
  'Farid',
  'Gita',
  'Hugo',
  'Ines',
  'Jonas',
  'Kofi',
  'Léa'
] as const
const lastNames = [
  'Abara',
  'Bergström',
  'Costa',
  'Dubois',
  'Eriksen',
  'Fuchs',
  'Garcia',
  'Huang',
  'Ito',
  'Jansen'
] as const
const companies = [
  'Northlight',
  'Bluecedar',
  'Ironbridge',
  'Silverfern',
  'Redharbor',
  'Goldfinch',
  'Whitestone'
] as const
const timezones = ['Europe/Berlin', 'America/New_York', 'Asia/Tokyo', 'Africa/Nairobi', 'Australia/Perth'] as const

const answered = Object.values(customers).filter(({ answers }) => Object.keys(answers).length > 0)
const [firstAnswered, ...othersAnswered] = answered

/** A fictional person whose address is nobody else's in the same load. */
export const loadPerson = (seed: string, number: number): Customer => {
  const pick = <T>(choices: readonly [T, ...T[]], what: string): T => seededChoice(choices, seed, number, what)
  const first = pick(firstNames, 'first')
  const last = pick(lastNames, 'last')
  const company = `${pick(companies, 'company')} ${number}`
  const like: Customer =
    firstAnswered === undefined ? customers.marta : pick([firstAnswered, ...othersAnswered], 'like')
  const mailbox = `${first}.${last}`.normalize('NFD').replace(/[^a-zA-Z.]/g, '')
  return {
    name: `${first} ${last}`,
    email: `${mailbox.toLowerCase()}.${number}.${sha256Hex(seed).slice(0, 6)}@${company.toLowerCase().replace(' ', '-')}.example`,
    timezone: pick(timezones, 'timezone'),
    answers: { ...like.answers, company }
  }
}
