import {
  connectModel,
  createModelExtractor,
  createRulesExtractor,
  enrichmentConfig,
  RULES_VERSION
} from '@leadlog/enrichment/what-if'
import { loadConfig } from '@leadlog/service'
import type { Reader, ReaderVariant } from '@leadlog/whatif'
import type { Context } from '../context.ts'
import { notConfigured } from '../errors.ts'

/** A clock that only goes forward, in milliseconds. */
const monotonic = (): number => performance.now()

/**
 * Who reads in a what-if. A model is called in the lane `replay` of the account's budget, behind everything that anybody
 * waits for.
 *
 * @throws CliError CLI_NOT_CONFIGURED without the model's key
 */
export async function connectReader(variant: ReaderVariant, { target, connect, now }: Context): Promise<Reader> {
  const { provider: vendor, prompts } = variant
  if (vendor === 'rules') {
    const extractor = createRulesExtractor(monotonic)
    return { extractor, provider: 'rules', model: RULES_VERSION, outside: false, prompts: {} }
  }
  const configured = loadConfig(enrichmentConfig, target.environment)
  const model = variant.model ?? (vendor === 'gemini' ? configured.geminiModel : configured.openaiModel)
  if (vendor === 'gemini' && configured.geminiApiKey === undefined) {
    throw notConfigured('Gemini needs its key: set GEMINI_API_KEY, or try the rules with --reader rules')
  }
  const connection = connectModel({
    vendor,
    settings: { ...configured, geminiModel: model, openaiModel: model },
    redis: (await connect.redis()) ?? undefined,
    logger: await connect.logger(),
    clock: { now },
    lane: 'replay'
  })
  connect.onClose(() => connection.close())
  const extractor = createModelExtractor({ provider: connection.provider, now: monotonic, prompts })
  return { extractor, provider: vendor, model, outside: true, prompts }
}
