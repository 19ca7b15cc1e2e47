import type { ConfigOf, OwnIntegration } from '@leadlog/service'
import type { enrichmentConfig } from './config.ts'
import type { ModelConnection } from './model-http/connect-model.ts'

/** The models as they are set up; `model` is the one that reads, if one does. */
export function modelIntegrations(
  config: ConfigOf<typeof enrichmentConfig>,
  model: ModelConnection | null
): OwnIntegration[] {
  return (['gemini', 'openai'] as const).map((vendor): OwnIntegration => {
    const isThis = model !== null && config.llmProvider === vendor
    const address = vendor === 'gemini' ? config.geminiApiUrl : config.openaiApiUrl
    return {
      vendor,
      inUse: isThis,
      because: isThis ? 'Bookings and transcripts are read by it' : `LLM_PROVIDER is ${config.llmProvider}`,
      address: isThis ? address : null,
      secrets: [vendor === 'gemini' ? 'GEMINI_API_KEY' : 'OPENAI_API_KEY'],
      posts: false,
      ...(isThis ? { circuit: () => model.circuit.state() } : {}),
      call: ({ signal }) => (model === null ? Promise.reject(new Error('No model is in use')) : model.look(signal))
    }
  })
}
