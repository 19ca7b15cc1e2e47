import type { BookingInput } from '../../lead-intel/booking-input.ts'
import { DIRECT, INFERRED, STATED, strongest, type Finding } from '../finding.ts'
import { industryIn } from '../language/industries.ts'
import { jobTitleIn, ownTitleIn } from '../language/job-titles.ts'
import { companyOfEmail } from './company-of-domain.ts'
import { nameFromMailbox, splitName } from './person-name.ts'
import { placeOfTimeZone } from './place-of-time-zone.ts'
import { directFindings, tidy, toldSentences, type ReadAnswer } from './read-answers.ts'

type Found = Finding | null

const COMPANY_NAME = "[A-Z0-9][\\p{L}\\p{N}&.'’-]*(?: (?:[A-Z0-9][\\p{L}\\p{N}&.'’-]*|of|and|&))*"
const ROLE =
  'manager|director|head|lead|officer|founder|owner|president|partner|c[a-z]{1,2}o|vp|sales|operations|marketing'
const AT_COMPANY = new RegExp(
  `\\b(?i:work(?:ing)? (?:at|for)|(?:i am|i'm|we are|we're) (?:from|with)|on behalf of|(?:${ROLE}) (?:at|of))\\s(${COMPANY_NAME})`,
  'u'
)
const COMPANY_IS = new RegExp(`^(${COMPANY_NAME}) is (?:an?|the)\\s`, 'u')
const BASED_IN = /\b(?:based|located|headquartered) in ((?:the )?\p{Lu}[\p{L}'’.-]+(?:[ ,]+\p{Lu}[\p{L}'’.-]+)*)/u
const WEB_ADDRESS = /\b(?:https?:\/\/)?(?:www\.)?[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?:\/[^\s,;]*)?/i
const NO_COMPANY = /^(?:we|i|our|this|that|it|there|my|the|he|she|they|what|who)$/i

/** The name, each part by itself. What was given apart stays as given. */
export function nameFindings(booking: BookingInput): { firstName: Found; lastName: Found } {
  const { customer } = booking
  const given = (part: string | null): Found =>
    part?.trim() ? { value: part.trim(), quote: part.trim(), support: DIRECT } : null
  if (customer.firstName?.trim() && customer.lastName?.trim()) {
    return { firstName: given(customer.firstName), lastName: given(customer.lastName) }
  }
  const full = customer.name ?? [customer.firstName, customer.lastName].filter(Boolean).join(' ')
  const split = splitName(full)
  const fromName = split.lastName !== ''
  const { firstName, lastName } = fromName ? split : nameFromMailbox(customer.email)
  const quote = fromName ? full.trim() : (customer.email.split('@')[0] ?? '')
  const part = (value: string): Found => (value === '' ? null : { value, quote, support: fromName ? STATED : INFERRED })
  return { firstName: part(firstName), lastName: part(lastName) }
}

export function companyFinding(booking: BookingInput, answers: readonly ReadAnswer[]): Found {
  const stated = toldSentences(answers).flatMap((sentence) => {
    const name = (AT_COMPANY.exec(sentence) ?? COMPANY_IS.exec(sentence))?.[1]?.replace(/[.'’]+$/, '')
    return name === undefined || NO_COMPANY.test(name) ? [] : [{ value: name, quote: sentence, support: STATED }]
  })
  const ofDomain = companyOfEmail(booking.customer.email)
  const inferred = ofDomain ? [{ value: ofDomain, quote: booking.customer.email, support: INFERRED }] : []
  return strongest([...directFindings(answers, 'company'), ...stated, ...inferred])
}

export function titleFinding(answers: readonly ReadAnswer[]): Found {
  const direct = directFindings(answers, 'title').map((found) => {
    const title = found.value.length > 60 ? jobTitleIn(found.value) : null
    return title ? { ...found, value: title } : found
  })
  const own = toldSentences(answers).flatMap((sentence) => {
    const title = ownTitleIn(sentence)
    return title ? [{ value: title, quote: sentence, support: STATED }] : []
  })
  return strongest([...direct, ...own])
}

export function phoneFinding(booking: BookingInput, answers: readonly ReadAnswer[]): Found {
  const given = booking.customer.phone?.trim() ?? ''
  const answered = directFindings(answers, 'phone').filter(({ value }) => (value.match(/\d/g) ?? []).length >= 5)
  return given === '' ? strongest(answered) : { value: given, quote: given, support: DIRECT }
}

export function websiteFinding(answers: readonly ReadAnswer[]): Found {
  const findings = directFindings(answers, 'website').flatMap((found) => {
    const address = WEB_ADDRESS.exec(found.value)?.[0]
    return address ? [{ ...found, value: address }] : []
  })
  return strongest(findings)
}

export function placeFindings(booking: BookingInput, answers: readonly ReadAnswer[]): { city: Found; country: Found } {
  const zone = booking.customer.timezone?.trim() ?? ''
  const place = zone === '' ? null : placeOfTimeZone(zone)
  const inferred = (value: string | undefined): Finding[] => (value ? [{ value, quote: zone, support: INFERRED }] : [])
  const asked = (what: RegExp) =>
    directFindings(
      answers.filter(({ question }) => what.test(question)),
      'place'
    )
  const based = toldSentences(answers).flatMap((sentence) => {
    const city = BASED_IN.exec(sentence)?.[1]
    return city ? [{ value: tidy(city), quote: sentence, support: STATED }] : []
  })
  const statedCity = [...asked(/city|location|where|based/i), ...based]
  const statedCountry = asked(/country/i)
  // A stated place elsewhere makes the time zone's city wrong, and its country doubtful.
  const fitsZone = statedCity.every(({ value }) => place !== null && value.includes(place.city))
  return {
    city: strongest([...statedCity, ...inferred(place?.city)]),
    country: strongest([...statedCountry, ...(fitsZone ? inferred(place?.country) : [])])
  }
}

/** The industry: as stated, by the words of what the company does, or else what it does, in its own words. */
export function industryFinding(answers: readonly ReadAnswer[], company: Found): Found {
  const business = directFindings(answers, 'business')
  const byWords = business.flatMap((found) => {
    const mention = industryIn(found.value)
    return mention ? [{ ...found, value: mention.industry }] : []
  })
  const byName = company ? industryIn(company.value) : null
  return strongest([
    ...directFindings(answers, 'industry'),
    ...byWords,
    ...business.map((found) => ({ ...found, support: STATED })),
    ...(company && byName ? [{ value: byName.industry, quote: company.quote, support: INFERRED }] : [])
  ])
}
