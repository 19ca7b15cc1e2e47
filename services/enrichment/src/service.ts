import { defineService, vendorMetrics, testIntegrationsCommand, type IntegrationDeps } from '@leadlog/service'
import { checkEnrichment, enrichmentConfig } from './config.ts'
import type { EnrichmentDeps } from './deps.ts'
import { adoptReadingCommand } from './extraction/adopt-reading.command.ts'
import { readBookings } from './extraction/read-bookings.reactor.ts'
import { readTranscripts } from './extraction/read-transcripts.reactor.ts'
import { createExtractor } from './extractor/create-extractor.ts'
import { createModelExtractor } from './extractor/model-extractor.ts'
import { createRulesExtractor } from './extractor/rules-extractor.ts'
import { readingMeasures, readingMetrics } from './extraction/reading.metrics.ts'
import { modelIntegrations } from './model-integrations.ts'
import { connectModel } from './model-http/connect-model.ts'

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
  flags: ['language-model'],
  uses: { postgres: false, redis: true },
  metrics: Object.values(readingMetrics),
  setup: (context): EnrichmentDeps & IntegrationDeps => {
    const measured = readingMeasures(context.metrics)
    const rules = createRulesExtractor(monotonic)
    const { llmProvider } = context.config
    const { privateHosts } = context.config
    if (llmProvider === 'rules') {
      return { extractor: rules, rules, measured, integrations: modelIntegrations(context.config, null), privateHosts }
    }
    const measures = vendorMetrics(context.metrics, llmProvider)
    const model = connectModel({
      vendor: llmProvider,
      settings: context.config,
      redis: context.redis,
      logger: context.logger,
      clock: context.clock,
      ...measures
    })
    measures.watchBudget(model.budget)
    context.onStop(() => model.close())
    const primary = createModelExtractor({ provider: model.provider, now: monotonic })
    const extractor = createExtractor({
      primary,
      fallback: rules,
      circuitOpen: () => model.circuit.state() === 'open',
      switchedOff: () => !context.flags.isOn('language-model')
    })
    return { extractor, rules, measured, integrations: modelIntegrations(context.config, model), privateHosts }
  },
  reactors: [readBookings, readTranscripts],
  commands: [adoptReadingCommand, testIntegrationsCommand('enrichment')],
  simulate: (deps) => ({ ...deps, extractor: deps.rules, measured: { ended: () => undefined } }),
  projections: []
})
