import { fileConfig } from '@leadlog/files'
import {
  boolean,
  choice,
  integer,
  optionalSecret,
  optionalText,
  optionalUrl,
  privateHosts,
  text,
  url
} from '@leadlog/service'
import { getCountries, type CountryCode } from 'libphonenumber-js'

/** A message that nobody delivered for so long is handled again by hand only, and then the call is looked for first. */
const DEFAULT_EFFECT_TTL_SECONDS = 120 * 86_400

/** The variables of the telephony service. */
export const telephonyConfig = {
  twilioAuthToken: optionalSecret('TWILIO_AUTH_TOKEN', {
    description: 'token of the Twilio account, which signs its requests; two, separated by a comma, while it rotates',
    example: '32 hexadecimal digits'
  }),
  twilioAccountSid: optionalSecret('TWILIO_ACCOUNT_SID', {
    description: 'the Twilio account that calls are placed and messages are sent with; without it nothing is',
    example: 'AC followed by 32 hexadecimal digits'
  }),
  twilioApiUrl: url('TWILIO_API_URL', {
    description: "where Twilio's REST API is, such as a simulator",
    example: 'https://api.twilio.com',
    default: 'https://api.twilio.com',
    protocols: ['https', 'http']
  }),
  privateHosts,
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
  telephonyUrl: optionalUrl('TELEPHONY_URL', {
    description:
      'address under which Twilio reaches this service, for calls that we place; PUBLIC_URL where it is not set',
    example: 'https://leadlog.example.com',
    protocols: ['https', 'http']
  }),
  effectLeaseSeconds: integer('TELEPHONY_EFFECT_LEASE_SECONDS', {
    description:
      'how long a call or a message that was begun may be silent before its process is taken for dead and it is looked for at Twilio',
    example: '60',
    default: 60,
    min: 2,
    max: 3_600
  }),
  effectTtlSeconds: integer('TELEPHONY_EFFECT_TTL_SECONDS', {
    description:
      'how long the ledger remembers a call or a message that is settled; after that one of an older cause is looked for before it is made',
    example: String(DEFAULT_EFFECT_TTL_SECONDS),
    default: DEFAULT_EFFECT_TTL_SECONDS,
    min: 86_400,
    max: 315_360_000
  }),
  pollAfterSeconds: integer('TELEPHONY_POLL_AFTER_SECONDS', {
    description:
      'how long a call or a message may be silent before Twilio is asked what became of it; each time that it has nothing new, twice as long',
    example: '120',
    default: 120,
    min: 1,
    max: 86_400
  }),
  priceAfterSeconds: integer('TELEPHONY_PRICE_AFTER_SECONDS', {
    description:
      'how long after its end Twilio is asked what a call, a message or a recording is charged; while it does not say, again each time after twice as long, for three days',
    example: '300',
    default: 300,
    min: 1,
    max: 86_400
  }),
  webhookSecret: optionalSecret('TELEPHONY_WEBHOOK_SECRET', {
    description:
      'secret that webhooks of call flows are signed with, as Standard Webhooks say; two, separated by a comma, while it rotates. Without it no webhook of a flow is called',
    example: 'whsec_ followed by 32 bytes in base64'
  }),
  country: choice<Lowercase<CountryCode>>('TELEPHONY_COUNTRY', {
    description: "country of leads' phone numbers that are written without a country's code",
    example: 'us',
    default: 'us',
    values: getCountries().map((code) => code.toLowerCase() as Lowercase<CountryCode>)
  }),
  smsNumber: optionalText('TELEPHONY_SMS_NUMBER', {
    description:
      'number of ours, or short code, that messages are sent from where no thread with the recipient is known',
    example: '+16465550100'
  }),
  smsPerSecond: integer('TELEPHONY_SMS_PER_SECOND', {
    description: 'messages a second, of all our numbers and processes together; without REDIS_URL of each process',
    example: '10',
    default: 10,
    min: 1,
    max: 1_000
  }),
  smsPerSecondPerNumber: integer('TELEPHONY_SMS_PER_SECOND_PER_NUMBER', {
    description: 'messages a second from each of our numbers: 1 for an American long code, 3 for a toll-free number',
    example: '1',
    default: 1,
    min: 1,
    max: 1_000
  }),
  ...fileConfig,
  recordingRetentionDays: integer('RECORDING_RETENTION_DAYS', {
    description: 'how many days the sound of a call is kept; then it is deleted, here and at Twilio',
    example: '90',
    default: 90,
    min: 1,
    max: 3_650
  }),
  deleteRecordingsAtTwilio: boolean('TWILIO_DELETE_RECORDINGS', {
    description: "true: Twilio's copy of a recording is deleted as soon as it is stored here",
    example: 'true',
    default: false
  }),
  quietHours: text('TELEPHONY_QUIET_HOURS', {
    description: "when nobody is written to or called, by the recipient's clock; `none` where that is never",
    example: '21:00-08:00',
    default: '21:00-08:00'
  })
}
