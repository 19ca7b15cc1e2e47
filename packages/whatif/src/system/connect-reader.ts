import {
  connectModel,
  createModelExtractor,
  createRulesExtractor,
  enrichmentConfig,
  isOpenAi,
  RULES_VERSION,
  type ModelConnection
} from '@leadlog/enrichment/what-if'
import { loadConfig, type Environment, type Logger } from '@leadlog/service'
import type { Redis } from 'ioredis'
import { WhatIfError } from '../errors.ts'
import type { Reader } from '../read/reader.ts'
import type { ReaderVariant } from '../variant/variant.ts'

/** A clock that only goes forward, in milliseconds. */
const monotonic = (): number => performance.now()

/** Who could read in a what-if, and with which model. */
export interface ReaderChoice {
  readonly provider: ReaderVariant['provider']
  readonly model: string
  /** False where its key is not set. */
  readonly configured: boolean
  /** Each reading costs money and goes to an outside vendor. */
  readonly outside: boolean
}

/** The readers of this release as the environment configures them. */
export function readerChoices(environment: Environment): ReaderChoice[] {
  const config = loadConfig(enrichmentConfig, environment)
  const hasOpenAi = config.openaiApiKey !== undefined || !isOpenAi(config.openaiApiUrl)
  return [
    { provider: 'rules', model: RULES_VERSION, configured: true, outside: false },
    { provider: 'gemini', model: config.geminiModel, configured: config.geminiApiKey !== undefined, outside: true },
    { provider: 'openai', model: config.openaiModel, configured: hasOpenAi, outside: true }
  ]
}

/**
 * Who reads in a what-if. A model is called in the lane `replay` of the account's budget, behind everything that anybody
 * waits for.
 *
 * @throws WhatIfError WHATIF_NOT_CONFIGURED without the model's key
 */
export function connectReader(
  { provider: vendor, model: wanted, prompts }: ReaderVariant,
  options: { environment: Environment; redis: Redis | undefined; logger: Logger; now: () => Date }
): { reader: Reader; close: ModelConnection['close'] } {
  if (vendor === 'rules') {
    const extractor = createRulesExtractor(monotonic)
    const reader = { extractor, provider: 'rules', model: RULES_VERSION, outside: false, prompts: {} }
    return { reader, close: () => Promise.resolve() }
  }
  const { environment, redis, logger, now } = options
  const configured = loadConfig(enrichmentConfig, environment)
  const model = wanted ?? (vendor === 'gemini' ? configured.geminiModel : configured.openaiModel)
  if (vendor === 'gemini' && configured.geminiApiKey === undefined) {
    throw new WhatIfError('WHATIF_NOT_CONFIGURED', 'Gemini needs its key: set GEMINI_API_KEY, or read with the rules')
  }
  const connection = connectModel({
    vendor,
    settings: { ...configured, geminiModel: model, openaiModel: model },
    redis,
    logger,
    clock: { now },
    lane: 'replay'
  })
  const extractor = createModelExtractor({ provider: connection.provider, now: monotonic, prompts })
  return { reader: { extractor, provider: vendor, model, outside: true, prompts }, close: () => connection.close() }
}
