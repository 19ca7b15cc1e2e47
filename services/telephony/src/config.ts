import { choice, optionalSecret, optionalText, optionalUrl, text } from '@leadlog/service'
import { getCountries, type CountryCode } from 'libphonenumber-js'

/** The variables of the telephony service. */
export const telephonyConfig = {
  twilioAuthToken: optionalSecret('TWILIO_AUTH_TOKEN', {
    description: 'token of the Twilio account, which signs its requests; two, separated by a comma, while it rotates',
    example: '32 hexadecimal digits'
  }),
  fallbackNumber: optionalText('TELEPHONY_FALLBACK_NUMBER', {
    description:
      'number in E.164 that calls are put through to when a flow or the service fails; without it they get an apology',
    example: '+14155550142'
  }),
  ingestUrl: optionalUrl('INGEST_URL', {
    description: 'address under which Twilio reaches ingest, for news of recordings; PUBLIC_URL where it is not set',
    example: 'https://leadlog.example.com',
    protocols: ['https', 'http']
  }),
  country: choice<Lowercase<CountryCode>>('TELEPHONY_COUNTRY', {
    description: "country of leads' phone numbers that are written without a country's code",
    example: 'us',
    default: 'us',
    values: getCountries().map((code) => code.toLowerCase() as Lowercase<CountryCode>)
  }),
  quietHours: text('TELEPHONY_QUIET_HOURS', {
    description: "when nobody is written to or called, by the recipient's clock; `none` where that is never",
    example: '21:00-08:00',
    default: '21:00-08:00'
  })
}
