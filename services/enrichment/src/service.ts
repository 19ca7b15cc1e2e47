import { defineService, vendorMetrics } from '@leadlog/service'
import { Counter } from 'prom-client'
import { checkEnrichment, enrichmentConfig } from './config.ts'
import type { EnrichmentDeps } from './deps.ts'
import { adoptReadingCommand } from './extraction/adopt-reading.command.ts'
import { readBookings } from './extraction/read-bookings.reactor.ts'
import { readTranscripts } from './extraction/read-transcripts.reactor.ts'
import { createExtractor } from './extractor/create-extractor.ts'
import { createModelExtractor } from './extractor/model-extractor.ts'
import { createRulesExtractor } from './extractor/rules-extractor.ts'
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
    const model = connectModel({
      vendor: llmProvider,
      settings: context.config,
      redis: context.redis,
      logger: context.logger,
      clock: context.clock,
      ...vendorMetrics(context.metrics, llmProvider)
    })
    context.onStop(() => model.close())
    const primary = createModelExtractor({ provider: model.provider, now: monotonic })
    const extractor = createExtractor({ primary, fallback: rules, circuitOpen: () => model.circuit.state() === 'open' })
    return { extractor, readings }
  },
  reactors: [readBookings, readTranscripts],
  commands: [adoptReadingCommand],
  projections: []
})
