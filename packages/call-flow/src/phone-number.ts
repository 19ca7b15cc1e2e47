import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js'

/** The number in E.164, or null where it is none. `country` is that of numbers written without their country's code. */
export function phoneNumber(text: string, country?: CountryCode): string | null {
  const parsed = parsePhoneNumberFromString(text, country === undefined ? undefined : { defaultCountry: country })
  return parsed?.isPossible() === true ? parsed.number : null
}

/** True for a number that is written in E.164 and can exist. */
export function isPhoneNumber(text: string): boolean {
  return /^\+[1-9]\d{6,14}$/.test(text) && phoneNumber(text) === text
}
