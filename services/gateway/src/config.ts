import { integer, secret } from '@leadlog/service'

/** Requests a client may make in a minute. */
const DEFAULT_RATE_PER_MINUTE = 100

export const gatewayConfig = {
  apiKey: secret('LEADLOG_API_KEY', {
    description: 'the key with which programs read the API, as a bearer token',
    example: '$(openssl rand -base64 32)'
  }),
  ratePerMinute: integer('API_RATE_PER_MINUTE', {
    description: 'requests a minute that one client may make',
    example: String(DEFAULT_RATE_PER_MINUTE),
    default: DEFAULT_RATE_PER_MINUTE,
    min: 1,
    max: 1_000_000
  })
}
