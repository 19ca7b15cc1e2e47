import { randomUUID } from 'node:crypto'
import { ReconciliationCompleted, ReconciliationStarted, WebhookReceived } from '@leadlog/contracts'
import {
  defineService,
  rotatingSecrets,
  testIntegrationsCommand,
  type IntegrationDeps,
  type ServiceContext
} from '@leadlog/service'
import { ingestConfig, secretsBySource } from './config.ts'
import { calendlyProvider } from './providers/calendly.ts'
import type { Provider } from './providers/provider.ts'
import { readaiProvider } from './providers/readai.ts'
import { standardProvider } from './providers/standard.ts'
import { stripeProvider } from './providers/stripe.ts'
import { twilioProvider } from './providers/twilio.ts'
import { reconcileCommand } from './reconciliation/reconcile.command.ts'
import { pullIntegrations } from './reconciliation/pull-integrations.ts'
import type { PullSource } from './reconciliation/pulled-item.ts'
import { pullSources } from './reconciliation/pull-sources.ts'
import { reconciliationDefinitions, reconciliationMetrics } from './reconciliation/reconciliation-metrics.ts'
import { createReconciler, type Reconciler } from './reconciliation/reconciler.ts'
import { startReconciliationSchedule } from './reconciliation/schedule.ts'
import { startPayloadRetention } from './retention/payload-retention.ts'
import { zoomProvider } from './providers/zoom.ts'
import type { WebhookStore } from './webhooks/receive-webhook.ts'
import { webhooksReceived } from './webhooks/webhook.metrics.ts'
import { webhookRoutes, type WebhookRoutesDeps } from './webhooks/webhooks.routes.ts'

/** What the parts of ingest need. */
export interface IngestDeps extends WebhookRoutesDeps, IntegrationDeps {
  readonly reconciler: Reconciler
}

const MINUTE_MS = 60_000

/** Receives webhooks: verify, store, answer; and fetches those that were lost. It depends on NATS only. */
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
  uses: { postgres: false, redis: true },
  metrics: [webhooksReceived, ...Object.values(reconciliationDefinitions)],
  setup: (context): IngestDeps => {
    const { config, keyring, log, clock, metrics, logger, onStop } = context
    const retention = startPayloadRetention({ keys: keyring, ttlSeconds: config.eventTtlSeconds, clock, logger })
    onStop(() => retention.stop())
    for (const [name, value] of Object.entries({
      CALENDLY_SIGNING_KEY: config.calendlySigningKey,
      READAI_SIGNING_KEY: config.readaiSigningKey ?? config.readaiSharedSecret,
      TWILIO_AUTH_TOKEN: config.twilioAuthToken,
      STRIPE_WEBHOOK_SECRET: config.stripeWebhookSecret
    })) {
      if (value === undefined)
        logger.warn(
          { variable: name },
          'a provider cannot be verified: its deliveries are answered 503 until the secret is set'
        )
    }
    const providers = providersOf([
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
      ...(config.twilioEnabled
        ? [twilioProvider({ authTokens: rotatingSecrets(config.twilioAuthToken), publicUrl: config.publicUrl })]
        : []),
      ...(config.zoomEnabled ? [zoomProvider({ secrets: rotatingSecrets(config.zoomWebhookSecret) })] : []),
      ...(config.stripeEnabled ? [stripeProvider({ secrets: rotatingSecrets(config.stripeWebhookSecret) })] : []),
      ...(config.standardEnabled
        ? [standardProvider({ secrets: secretsBySource(config.standardWebhookSecrets).secrets })]
        : [])
    ])
    const store: WebhookStore = {
      keyIdAt: (now) => keyring.dayKeyId(now),
      sealBody: (keyId, body, eventId) => keyring.sealBytes(keyId, body, `webhook/${eventId}`),
      append: (entry) => log.appendWebhook(entry)
    }
    const sources = pullSources(context)
    return {
      providers,
      store,
      integrations: pullIntegrations(config, sources),
      privateHosts: config.privateHosts,
      reconciler: startReconciling(context, providers, store, sources),
      clock,
      received: metrics.counter(webhooksReceived)
    }
  },
  reactors: [],
  commands: [reconcileCommand, testIntegrationsCommand('ingest')],
  projections: [],
  appends: [WebhookReceived, ReconciliationStarted, ReconciliationCompleted],
  routes: (app, deps: IngestDeps) => webhookRoutes(app, deps),
  bodyLimit: (config) => config.bodyLimit
})

function providersOf(providers: readonly Provider[]): ReadonlyMap<string, Provider> {
  return new Map(providers.map((provider) => [provider.name, provider]))
}

/** Compares with the providers' lists, on schedule where one is set. */
function startReconciling(
  context: ServiceContext<typeof ingestConfig>,
  providers: ReadonlyMap<string, Provider>,
  store: WebhookStore,
  pulled: readonly PullSource[]
): Reconciler {
  const { config, log, clock, logger, metrics: service, onStop } = context
  const metrics = reconciliationMetrics(service)
  const everyMs = config.reconcileEveryMinutes * MINUTE_MS
  const reconciler = createReconciler({
    sources: pulled.flatMap((source) => {
      const provider = providers.get(source.name)
      return provider ? [{ source, provider }] : []
    }),
    log,
    store,
    clock,
    logger,
    metrics,
    processId: randomUUID(),
    everyMs,
    windowMs: config.reconcileWindowHours * 60 * MINUTE_MS,
    rememberedMs: config.idempotencyTtlSeconds * 1000
  })
  if (everyMs > 0 && reconciler.sources.length > 0) {
    for (const source of reconciler.sources) metrics.watch(source)
    const schedule = startReconciliationSchedule({ reconciler, metrics, logger })
    onStop(() => schedule.stop())
  }
  return reconciler
}
