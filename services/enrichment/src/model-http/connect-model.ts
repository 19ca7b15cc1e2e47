import type { Lane } from '@leadlog/contracts'
import {
  createBudget,
  createCircuit,
  createVendorClient,
  type Budget,
  type BudgetOptions,
  type Circuit
} from '@leadlog/outbound'
import type { Clock, ConfigOf, Logger, VendorMetrics } from '@leadlog/service'
import { isOpenAi, openaiBaseUrl, type enrichmentConfig } from '../config.ts'
import { createGeminiProvider } from '../gemini/gemini-provider.ts'
import { retryDelayOf } from '../gemini/retry-delay.ts'
import type { ModelProvider } from '../model/model-provider.ts'
import { createOpenAiProvider } from '../openai/openai-provider.ts'
import { modelHttp } from './model-http.ts'

/** The settings that reaching a model needs. */
export type ModelSettings = Pick<
  ConfigOf<typeof enrichmentConfig>,
  | 'llmTimeoutSeconds'
  | 'llmRatePerMinute'
  | 'privateHosts'
  | 'geminiApiUrl'
  | 'geminiApiKey'
  | 'geminiModel'
  | 'openaiApiUrl'
  | 'openaiApiKey'
  | 'openaiModel'
>

export interface ModelConnectionOptions extends Partial<Pick<VendorMetrics, 'onCallEnded' | 'onCircuitChange'>> {
  readonly vendor: 'gemini' | 'openai'
  readonly settings: ModelSettings
  /** Where the account's budget is shared with all other processes. */
  readonly redis: BudgetOptions['redis'] | undefined
  readonly logger: Logger
  readonly clock: Clock
  /** How urgent the calls are among all of the account's; `live` by default. */
  readonly lane?: Lane
}

/** A model behind its vendor's budget and circuit. */
export interface ModelConnection {
  readonly provider: ModelProvider
  /** Asks whether the model is there, which reads nothing and costs nothing; the answer in words. */
  readonly look: (signal: AbortSignal) => Promise<string>
  readonly circuit: Circuit
  /** For metrics. */
  readonly budget: Budget
  close(): Promise<void>
}

/** Connects to the model that the settings name. */
export function connectModel(options: ModelConnectionOptions): ModelConnection {
  const { vendor, settings, redis, logger, clock, lane = 'live' } = options
  const model = vendor === 'gemini' ? settings.geminiModel : settings.openaiModel
  const circuit = createCircuit({
    vendor,
    logger,
    ...(options.onCircuitChange ? { onChange: options.onCircuitChange } : {})
  })
  const budget = createBudget({
    vendor,
    account: model,
    perMinute: settings.llmRatePerMinute,
    logger,
    ...(redis ? { redis } : {})
  })
  const client = createVendorClient({
    vendor,
    baseUrl: vendor === 'gemini' ? settings.geminiApiUrl : openaiBaseUrl(settings.openaiApiUrl),
    privateHosts: settings.privateHosts,
    budget,
    circuit,
    timeoutMs: settings.llmTimeoutSeconds * 1000,
    // A model server of one's own may continue the trace.
    sendsTraceparent: vendor === 'openai' && !isOpenAi(settings.openaiApiUrl),
    // Asking a model again changes nothing but the bill.
    serverErrorMeans: 'not-done',
    readRetryAfterMs: retryDelayOf,
    ...(options.onCallEnded ? { onCallEnded: options.onCallEnded } : {}),
    logger
  })
  const http = modelHttp(client, lane)
  const provider =
    vendor === 'gemini'
      ? createGeminiProvider({
          http,
          apiKey: settings.geminiApiKey ?? '',
          model,
          now: () => clock.now().getTime()
        })
      : createOpenAiProvider({ http, apiKey: settings.openaiApiKey ?? '', model })
  const look = async (signal: AbortSignal): Promise<string> => {
    const key = vendor === 'gemini' ? settings.geminiApiKey : settings.openaiApiKey
    const call = { method: 'GET', lane: 'person', signal } as const
    if (vendor === 'gemini') {
      const path = `/v1beta/models/${encodeURIComponent(model)}`
      await client.call({ ...call, operation: 'get-model', path, headers: { 'x-goog-api-key': key ?? '' } })
    } else {
      const headers = key === undefined ? {} : { authorization: `Bearer ${key}` }
      await client.call({ ...call, operation: 'get-model', path: `/models/${encodeURIComponent(model)}`, headers })
    }
    return `The model ${model} is there`
  }
  return {
    provider,
    look,
    circuit,
    budget,
    close: async () => {
      budget.close()
      await client.close()
    }
  }
}
