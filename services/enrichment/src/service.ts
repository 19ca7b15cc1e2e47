import { openServiceFiles } from '@leadlog/files'
import {
  defineService,
  testIntegrationsCommand,
  vendorMetrics,
  type IntegrationDeps,
  type ServiceContext
} from '@leadlog/service'
import { checkEnrichment, enrichmentConfig } from './config.ts'
import type { EnrichmentDeps, TranscriptionDeps } from './deps.ts'
import { adoptReadingCommand } from './extraction/adopt-reading.command.ts'
import { readBookings } from './extraction/read-bookings.reactor.ts'
import { readTranscripts } from './extraction/read-transcripts.reactor.ts'
import { createExtractor } from './extractor/create-extractor.ts'
import { createModelExtractor } from './extractor/model-extractor.ts'
import { createRulesExtractor } from './extractor/rules-extractor.ts'
import { readingMeasures, readingMetrics } from './extraction/reading.metrics.ts'
import { modelIntegrations } from './model-integrations.ts'
import { connectModel } from './model-http/connect-model.ts'
import { connectTranscriber, hasTranscriber, TRANSCRIPTION_VENDOR } from './transcription/connect-transcriber.ts'
import { transcribeCalls } from './transcription/transcribe-calls.reactor.ts'
import { transcriptionMeasures, transcriptions } from './transcription/transcription.metrics.ts'

/** A clock that only goes forward, in milliseconds. */
const monotonic = () => performance.now()

/** Reads bookings and transcripts. */
export const enrichment = defineService({
  name: 'enrichment',
  description:
    'Reads bookings and transcripts: lead intelligence and MEDDIC, by a model or by rules, each value with its evidence; writes calls down.',
  defaultPort: 8086,
  config: enrichmentConfig,
  check: checkEnrichment,
  isEnabled: (config) => config.enabled,
  flags: ['language-model'],
  uses: { postgres: false, redis: true },
  metrics: [...Object.values(readingMetrics), transcriptions],
  setup: (context): EnrichmentDeps & IntegrationDeps => {
    const measured = readingMeasures(context.metrics)
    const rules = createRulesExtractor(monotonic)
    const { llmProvider } = context.config
    const { privateHosts } = context.config
    const common = { ...transcribing(context), rules, measured, privateHosts }
    if (llmProvider === 'rules') {
      return { ...common, extractor: rules, integrations: modelIntegrations(context.config, null) }
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
    return { ...common, extractor, integrations: modelIntegrations(context.config, model) }
  },
  reactors: [readBookings, readTranscripts, transcribeCalls],
  commands: [adoptReadingCommand, testIntegrationsCommand('enrichment')],
  simulate: (deps) => ({
    ...deps,
    extractor: deps.rules,
    measured: { ended: () => undefined },
    transcriber: null,
    transcribed: { ended: () => undefined }
  }),
  projections: []
})

/** What writing recordings down needs. */
function transcribing(context: ServiceContext<typeof enrichmentConfig>): TranscriptionDeps {
  const { config, redis, logger, clock, metrics, onStop } = context
  const common = { transcribed: transcriptionMeasures(metrics), files: openServiceFiles(context), now: monotonic }
  if (!hasTranscriber(config)) return { ...common, transcriber: null }
  const measures = vendorMetrics(metrics, TRANSCRIPTION_VENDOR)
  const connection = connectTranscriber({ settings: config, redis, logger, clock, ...measures })
  measures.watchBudget(connection.budget)
  onStop(() => connection.close())
  return { ...common, transcriber: connection.transcriber }
}
