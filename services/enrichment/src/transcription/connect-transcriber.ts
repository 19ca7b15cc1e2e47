import { createBudget, createCircuit, createVendorClient, type Budget, type BudgetOptions } from '@leadlog/outbound'
import type { Clock, ConfigOf, Logger, VendorMetrics } from '@leadlog/service'
import { isOpenAi, openaiBaseUrl, type enrichmentConfig } from '../config.ts'
import { modelHttp } from '../model-http/model-http.ts'
import { createOpenAiTranscriber } from './openai-transcriber.ts'
import type { Transcriber } from './transcriber.ts'

type Settings = Pick<
  ConfigOf<typeof enrichmentConfig>,
  'openaiApiUrl' | 'openaiApiKey' | 'transcriptionModel' | 'llmRatePerMinute' | 'privateHosts'
>

/** Name of the vendor in metrics: the same server as for language may be, with limits of its own. */
export const TRANSCRIPTION_VENDOR = 'openai-audio'

/** Ten minutes of sound are sent and listened to; models take a tenth of the time. */
const TIMEOUT_MS = 300_000

/** A transcriber behind its vendor's budget and circuit. */
export interface TranscriberConnection {
  readonly transcriber: Transcriber
  /** For metrics. */
  readonly budget: Budget
  close(): Promise<void>
}

/** OpenAI wants a key; a server of one's own may want none. */
export function hasTranscriber({
  openaiApiKey,
  openaiApiUrl
}: Pick<Settings, 'openaiApiKey' | 'openaiApiUrl'>): boolean {
  return openaiApiKey !== undefined || !isOpenAi(openaiApiUrl)
}

/** Connects to the model that the settings name. */
export function connectTranscriber(
  options: {
    readonly settings: Settings
    readonly redis: BudgetOptions['redis'] | undefined
    readonly logger: Logger
    readonly clock: Clock
  } & Partial<Pick<VendorMetrics, 'onCallEnded' | 'onCircuitChange'>>
): TranscriberConnection {
  const { settings, redis, logger, onCallEnded, onCircuitChange } = options
  const vendor = TRANSCRIPTION_VENDOR
  const circuit = createCircuit({ vendor, logger, ...(onCircuitChange ? { onChange: onCircuitChange } : {}) })
  const budget = createBudget({
    vendor,
    account: settings.transcriptionModel,
    perMinute: settings.llmRatePerMinute,
    logger,
    ...(redis ? { redis } : {})
  })
  const client = createVendorClient({
    vendor,
    baseUrl: openaiBaseUrl(settings.openaiApiUrl),
    privateHosts: settings.privateHosts,
    budget,
    circuit,
    timeoutMs: TIMEOUT_MS,
    sendsTraceparent: !isOpenAi(settings.openaiApiUrl),
    // Listening again changes nothing but the bill.
    serverErrorMeans: 'not-done',
    ...(onCallEnded ? { onCallEnded } : {}),
    logger
  })
  const http = modelHttp(client, 'live')
  return {
    transcriber: createOpenAiTranscriber({
      http,
      apiKey: settings.openaiApiKey ?? '',
      model: settings.transcriptionModel
    }),
    budget,
    close: async () => {
      budget.close()
      await client.close()
    }
  }
}
