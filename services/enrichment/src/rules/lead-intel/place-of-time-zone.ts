import { getCountry, getTimezone } from 'countries-and-timezones'

export interface Place {
  readonly city: string
  readonly country: string
}

/** Zones of an area and a city. Others (`UTC`, `EST`, `Etc/GMT-3`) say nothing about a place. */
const AREA =
  /^(?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Brazil|Canada|Chile|Europe|Indian|Mexico|Pacific|US)\//

/**
 * The city that a time zone is named after and the country it belongs to; null for zones without a place. The person
 * may be in another city of the zone: this is an inference and must be shown as one.
 */
export function placeOfTimeZone(timeZone: string): Place | null {
  if (!AREA.test(timeZone)) return null
  const zone = getTimezone(timeZone)
  const country = zone?.countries[0] === undefined ? null : getCountry(zone.countries[0])
  if (!zone || !country) return null
  const named = isNamedAfterCity(timeZone) ? timeZone : (zone.aliasOf ?? zone.name)
  const city = named.split('/').at(-1)?.replaceAll('_', ' ') ?? ''
  return { city: RENAMED[city] ?? city, country: country.name }
}

/** Old names of zones that the spelling of today replaced. */
const RENAMED: Readonly<Record<string, string>> = {
  Calcutta: 'Kolkata',
  Kiev: 'Kyiv',
  Saigon: 'Ho Chi Minh',
  Rangoon: 'Yangon',
  Katmandu: 'Kathmandu',
  Dacca: 'Dhaka'
}

/** `US/Pacific` and `Australia/ACT` are regions, also in name. */
function isNamedAfterCity(timeZone: string): boolean {
  return (
    !/^(?:Brazil|Canada|Chile|Mexico|US)\//.test(timeZone) &&
    !/^Australia\/(?:[A-Z]+|North|South|West|Queensland|Tasmania|Victoria|Canberra|Yancowinna)$/.test(timeZone)
  )
}
