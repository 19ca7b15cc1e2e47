import { createBudget, createCircuit, createVendorClient, type Circuit } from '@leadlog/outbound'
import { defineService, vendorMetrics, type ServiceContext } from '@leadlog/service'
import { Counter } from 'prom-client'
import { checkEnrichment, enrichmentConfig, openaiBaseUrl } from './config.ts'
import type { EnrichmentDeps } from './deps.ts'
import { readBookings } from './extraction/read-bookings.reactor.ts'
import { readTranscripts } from './extraction/read-transcripts.reactor.ts'
import { createExtractor } from './extractor/create-extractor.ts'
import { createModelExtractor } from './extractor/model-extractor.ts'
import { createRulesExtractor } from './extractor/rules-extractor.ts'
import { retryDelayOf } from './gemini/retry-delay.ts'
import { createGeminiProvider } from './gemini/gemini-provider.ts'
import { modelHttp } from './model-http/model-http.ts'
import type { ModelHttp, ModelProvider } from './model/model-provider.ts'
import { createOpenAiProvider } from './openai/openai-provider.ts'

type Context = ServiceContext<typeof enrichmentConfig>

/** A clock that only goes forward, in milliseconds. */
const monotonic = () => performance.now()

/** Reads bookings and transcripts. */
export const enrichment = defineService({
  name: 'enrichment',
  description:
    'Reads bookings and transcripts: lead intelligence and MEDDIC, by a model or by rules, each value with its evidence.',
  defaultPort: 8086,
  config: enrichmentConfig,
  check: checkEnrichment,
  isEnabled: (config) => config.enabled,
  uses: { postgres: false, redis: true },
  setup: (context): EnrichmentDeps => {
    const readings = new Counter({
      name: 'leadlog_readings_total',
      help: 'Bookings and transcripts read, by what became of the reading',
      labelNames: ['kind', 'outcome'],
      registers: [context.metrics.registry]
    })
    const rules = createRulesExtractor(monotonic)
    const { llmProvider } = context.config
    if (llmProvider === 'rules') return { extractor: rules, readings }
    const { http, circuit } = connectModel(context, llmProvider)
    const primary = createModelExtractor({ provider: providerOf(context, llmProvider, http), now: monotonic })
    const extractor = createExtractor({ primary, fallback: rules, circuitOpen: () => circuit.state() === 'open' })
    return { extractor, readings }
  },
  reactors: [readBookings, readTranscripts],
  projections: []
})

function connectModel(context: Context, vendor: 'gemini' | 'openai'): { http: ModelHttp; circuit: Circuit } {
  const { config, logger, redis, metrics, onStop } = context
  const { onCallEnded, onCircuitChange } = vendorMetrics(metrics, vendor)
  const circuit = createCircuit({ vendor, logger, onChange: onCircuitChange })
  const budget = createBudget({
    vendor,
    account: vendor === 'gemini' ? config.geminiModel : config.openaiModel,
    perMinute: config.llmRatePerMinute,
    logger,
    ...(redis ? { redis } : {})
  })
  const client = createVendorClient({
    vendor,
    baseUrl: vendor === 'gemini' ? config.geminiApiUrl : openaiBaseUrl(config.openaiApiUrl),
    budget,
    circuit,
    timeoutMs: config.llmTimeoutSeconds * 1000,
    // Asking a model again changes nothing but the bill.
    serverErrorMeans: 'not-done',
    readRetryAfterMs: retryDelayOf,
    onCallEnded,
    logger
  })
  onStop(async () => {
    budget.close()
    await client.close()
  })
  return { http: modelHttp(client), circuit }
}

function providerOf({ config, clock }: Context, vendor: 'gemini' | 'openai', http: ModelHttp): ModelProvider {
  return vendor === 'gemini'
    ? createGeminiProvider({
        http,
        apiKey: config.geminiApiKey ?? '',
        model: config.geminiModel,
        now: () => clock.now().getTime()
      })
    : createOpenAiProvider({ http, apiKey: config.openaiApiKey ?? '', model: config.openaiModel })
}
