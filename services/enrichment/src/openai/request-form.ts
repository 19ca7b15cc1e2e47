import type { ModelRequest } from '../model/model-provider.ts'
import type { OpenAiError } from './openai-failure.ts'

/** Which of the optional parts of a chat completion the server takes. */
export interface RequestForm {
  readonly format: 'json_schema' | 'json_object' | 'none'
  readonly budget: 'max_completion_tokens' | 'max_tokens'
  readonly temperature: boolean
}

export const FULL_FORM: RequestForm = { format: 'json_schema', budget: 'max_completion_tokens', temperature: true }

/** Steps from the full form to the simplest one: format twice, budget, temperature. */
export const MAX_STEPS_DOWN = 4

export function chatRequest(request: ModelRequest, model: string, form: RequestForm): Record<string, unknown> {
  return {
    model,
    messages: [
      { role: 'system', content: request.system },
      { role: 'user', content: request.user }
    ],
    [form.budget]: request.maxOutputTokens,
    ...(form.temperature ? { temperature: 0 } : {}),
    ...(form.format === 'none' ? {} : { response_format: responseFormat(request, form.format) })
  }
}

function responseFormat(request: ModelRequest, format: 'json_schema' | 'json_object'): Record<string, unknown> {
  if (format === 'json_object') return { type: 'json_object' }
  return { type: 'json_schema', json_schema: { name: request.schemaName, strict: true, schema: request.jsonSchema } }
}

/** The next simpler form where the server objects to an optional part; null where it objects to something else. */
export function simplerForm(form: RequestForm, error: OpenAiError): RequestForm | null {
  if (error.status !== 400 && error.status !== 422) return null
  const objection = `${error.param} ${error.message}`
  if (form.budget === 'max_completion_tokens' && /max_(?:completion_)?tokens/i.test(objection)) {
    return { ...form, budget: 'max_tokens' }
  }
  if (form.temperature && /temperature/i.test(objection)) return { ...form, temperature: false }
  if (
    form.format !== 'none' &&
    /response_?format|json_?schema|json_?object|structured output|grammar/i.test(objection)
  ) {
    return { ...form, format: form.format === 'json_schema' ? 'json_object' : 'none' }
  }
  return null
}
