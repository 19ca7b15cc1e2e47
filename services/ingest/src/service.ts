import { WebhookReceived } from '@leadlog/contracts'
import { defineService } from '@leadlog/service'
import { Counter } from 'prom-client'
import { ingestConfig, rotatingSecrets, secretsBySource } from './config.ts'
import { calendlyProvider } from './providers/calendly.ts'
import type { Provider } from './providers/provider.ts'
import { readaiProvider } from './providers/readai.ts'
import { standardProvider } from './providers/standard.ts'
import { startPayloadRetention } from './retention/payload-retention.ts'
import { webhookRoutes, type WebhookRoutesDeps } from './webhooks/webhooks.routes.ts'

/** Receives webhooks: verify, store, answer. It depends on NATS only. */
export const ingest = defineService({
  name: 'ingest',
  description: 'Receives webhooks: verifies their signature, stores each once in JetStream, and only then answers.',
  defaultPort: 8081,
  config: ingestConfig,
  check: (config, report) => {
    if (secretsBySource(config.standardWebhookSecrets).malformed > 0) {
      report('standardWebhookSecrets', 'must be source=whsec_… pairs separated by commas')
    }
  },
  uses: { postgres: false, redis: false },
  setup: ({ config, keyring, log, clock, metrics, logger, onStop }): WebhookRoutesDeps => {
    const retention = startPayloadRetention({ keys: keyring, ttlSeconds: config.eventTtlSeconds, clock, logger })
    onStop(() => retention.stop())
    for (const [name, value] of Object.entries({
      CALENDLY_SIGNING_KEY: config.calendlySigningKey,
      READAI_SIGNING_KEY: config.readaiSigningKey ?? config.readaiSharedSecret
    })) {
      if (value === undefined)
        logger.warn(
          { variable: name },
          'a provider cannot be verified: its deliveries are answered 503 until the secret is set'
        )
    }
    return {
      providers: providersOf([
        ...(config.calendlyEnabled
          ? [calendlyProvider({ signingKeys: rotatingSecrets(config.calendlySigningKey) })]
          : []),
        ...(config.readaiEnabled
          ? [
              readaiProvider({
                signingKeys: rotatingSecrets(config.readaiSigningKey),
                sharedSecret: config.readaiSharedSecret
              })
            ]
          : []),
        ...(config.standardEnabled
          ? [standardProvider({ secrets: secretsBySource(config.standardWebhookSecrets).secrets })]
          : [])
      ]),
      store: {
        sealBody: async (body, eventId, now) => {
          const keyId = keyring.dayKeyId(now)
          return { keyId, sealed: await keyring.sealBytes(keyId, body, `webhook/${eventId}`) }
        },
        append: (entry) => log.appendWebhook(entry)
      },
      clock,
      received: new Counter({
        name: 'leadlog_webhooks_total',
        help: 'Webhooks received, by what became of them',
        labelNames: ['provider', 'outcome'],
        registers: [metrics.registry]
      })
    }
  },
  reactors: [],
  projections: [],
  appends: [WebhookReceived],
  routes: webhookRoutes,
  bodyLimit: (config) => config.bodyLimit
})

function providersOf(providers: readonly Provider[]): ReadonlyMap<string, Provider> {
  return new Map(providers.map((provider) => [provider.name, provider]))
}
