import { checkFiles, fileConfig } from '@leadlog/files'
import { boolean, choice, integer, optionalSecret, text, url, type ConfigCheck, privateHosts } from '@leadlog/service'

/** The variables of the enrichment service. */
export const enrichmentConfig = {
  enabled: boolean('ENABLE_ENRICHMENT', {
    description: 'false: bookings and transcripts wait in the log and are read when it is true again',
    example: 'true',
    default: true
  }),
  llmProvider: choice('LLM_PROVIDER', {
    description:
      'who reads bookings and transcripts: rules (offline, no account), gemini, or openai (any OpenAI-compatible endpoint)',
    example: 'gemini',
    default: 'rules',
    values: ['rules', 'gemini', 'openai']
  }),
  llmTimeoutSeconds: integer('LLM_TIMEOUT_SECONDS', {
    description: 'how long an answer of the model is waited for',
    example: '60',
    default: 60,
    min: 1,
    max: 600
  }),
  llmRatePerMinute: integer('LLM_RATE_PER_MINUTE', {
    description: 'most calls of the model in a minute, over all processes',
    example: '60',
    default: 60,
    min: 1,
    max: 100_000
  }),
  privateHosts,
  geminiApiUrl: url('GEMINI_API_URL', {
    description: "base address of Gemini's API",
    example: 'https://generativelanguage.googleapis.com',
    default: 'https://generativelanguage.googleapis.com',
    protocols: ['https', 'http']
  }),
  geminiApiKey: optionalSecret('GEMINI_API_KEY', { description: 'key of the Gemini API', example: 'AIza…' }),
  geminiModel: text('GEMINI_MODEL', {
    description: 'model of Gemini',
    example: 'gemini-3.5-flash',
    default: 'gemini-3.5-flash'
  }),
  openaiApiUrl: url('OPENAI_API_URL', {
    description: 'base address of an OpenAI-compatible API, with its version',
    example: 'https://api.openai.com/v1',
    default: 'https://api.openai.com/v1',
    protocols: ['https', 'http']
  }),
  openaiApiKey: optionalSecret('OPENAI_API_KEY', { description: 'key of the OpenAI-compatible API', example: 'sk-…' }),
  ...fileConfig,
  transcriptionModel: text('TRANSCRIPTION_MODEL', {
    description:
      'model of the OpenAI-compatible API that writes recordings of calls down; it must tell the times of segments. Without OPENAI_API_KEY, or a server of your own in OPENAI_API_URL, nothing is transcribed',
    example: 'whisper-1',
    default: 'whisper-1'
  }),
  openaiModel: text('OPENAI_MODEL', {
    description: 'model of the OpenAI-compatible API',
    example: 'gpt-4o-mini',
    default: 'gpt-4o-mini'
  })
}

/** A model that is asked for needs its key; an endpoint of one's own may need none. */
export const checkEnrichment: ConfigCheck<typeof enrichmentConfig> = (config, report) => {
  checkFiles(config, report)
  if (config.llmProvider === 'gemini' && config.geminiApiKey === undefined) {
    report('geminiApiKey', 'is missing (key of the Gemini API); needed since LLM_PROVIDER is gemini')
  }
  if (config.llmProvider === 'openai' && isOpenAi(config.openaiApiUrl) && config.openaiApiKey === undefined) {
    report('openaiApiKey', 'is missing (key of the OpenAI API); needed since LLM_PROVIDER is openai')
  }
}

/** Whether the address is OpenAI's own, not that of a server which speaks its language. */
export function isOpenAi(address: string): boolean {
  return new URL(address).hostname.endsWith('openai.com')
}

/** The base address with its version; `/v1` where none is given. */
export function openaiBaseUrl(address: string): string {
  return /\/v\d+$/.test(address) ? address : `${address}/v1`
}
