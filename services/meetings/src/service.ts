import { defineService } from '@leadlog/service'
import { translateCalendly } from './calendly/translate-calendly.reactor.ts'
import { meetingsConfig } from './config.ts'
import type { MeetingsDeps } from './deps.ts'
import { translateReadai } from './readai/translate-readai.reactor.ts'

/** Translates raw webhooks into facts about meetings. */
export const meetings = defineService({
  name: 'meetings',
  description: 'Translates raw webhooks of calendars and notetakers into facts about meetings.',
  defaultPort: 8083,
  config: meetingsConfig,
  uses: { postgres: false, redis: false },
  setup: ({ config, keyring, log }): MeetingsDeps => ({
    erasures: {
      renewKey: (personId) => keyring.renewKey(personId),
      eraseWebhook: (request) => log.eraseWebhook({ ...request, actor: 'service:meetings' })
    },
    webhooks: keyring,
    personId: (email) => keyring.personId(email),
    domains: {
      ownDomains: config.ownDomains.map((domain) => domain.toLowerCase()),
      customerDomains: config.customerDomains.map((domain) => domain.toLowerCase())
    },
    minDurationMinutes: config.minDurationMinutes
  }),
  reactors: [translateCalendly, translateReadai],
  simulate: (deps) => deps,
  projections: []
})
