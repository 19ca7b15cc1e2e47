import type { SourceText } from './source-text.ts'
import type { Finding } from './topics.ts'

const FREE_MAIL = /^(gmail|googlemail|outlook|hotmail|live|yahoo|gmx|web|proton|protonmail|icloud|aol|mail)\./
const EMAIL = /[\p{L}\d._%+-]+@[\p{L}\d.-]+\.[\p{L}]{2,}/u
const ZONE = /\b(?:Africa|America|Asia|Australia|Europe|Pacific|Atlantic)\/[A-Za-z_]+/

const countries: Record<string, string> = {
  Warsaw: 'Poland',
  Lagos: 'Nigeria',
  Tokyo: 'Japan',
  Zurich: 'Switzerland',
  Kolkata: 'India',
  Sao_Paulo: 'Brazil',
  London: 'United Kingdom',
  Colombo: 'Sri Lanka',
  Shanghai: 'China',
  Cairo: 'Egypt',
  Mexico_City: 'Mexico',
  Dublin: 'Ireland',
  Oslo: 'Norway',
  Casablanca: 'Morocco',
  Chicago: 'United States',
  Denver: 'United States',
  New_York: 'United States',
  Nairobi: 'Kenya',
  Prague: 'Czechia',
  Rome: 'Italy',
  Sydney: 'Australia',
  Perth: 'Australia',
  Dubai: 'United Arab Emirates',
  Paris: 'France',
  Berlin: 'Germany',
  Toronto: 'Canada',
  Kyiv: 'Ukraine'
}

const found = (value: string | undefined, quote = value): Finding[] =>
  value === undefined || value === '' || quote === undefined ? [] : [{ value, quote }]

const labelledAs = (source: SourceText, label: RegExp): string | undefined =>
  source.labelled.find((pair) => label.test(pair.label))?.value

const companyFrom = (email: string): string | undefined => {
  const domain = email.split('@')[1] ?? ''
  if (domain === '' || FREE_MAIL.test(domain)) return undefined
  const words = (domain.split('.')[0] ?? '').split('-')
  return words.map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`).join(' ')
}

/** What a prompt says of the person and the company: names, address, place. */
export const personFinding = (property: string, source: SourceText, prompt: string): Finding[] => {
  const [email = ''] = EMAIL.exec(prompt) ?? []
  const [zone] = ZONE.exec(prompt) ?? []
  const place = zone?.split('/')[1]
  const name = labelledAs(source, /^(invitee|customer|name|full name|contact)( name)?$/i)
  const words = name?.split(' ') ?? []
  switch (property) {
    case 'firstname':
      return found(labelledAs(source, /first ?name/i) ?? words.slice(0, -1).join(' '))
    case 'lastname':
      return found(labelledAs(source, /last ?name/i) ?? words.at(-1))
    case 'name':
    case 'fullname':
      return found(name)
    case 'email':
      return found(email)
    case 'company':
    case 'companyname': {
      const stated = labelledAs(source, /^(company|company name|organi[sz]ation)$/i)
      return stated === undefined ? found(companyFrom(email), email) : found(stated)
    }
    case 'city':
    case 'location':
      return found(place?.replaceAll('_', ' '), zone)
    case 'country':
      return found(place === undefined ? undefined : countries[place], zone)
    case 'timezone':
      return found(zone)
    default:
      return []
  }
}
