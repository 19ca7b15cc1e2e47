import { isJsonObject, type JsonObject } from '../model/json-object.ts'
import { unreadableReply } from '../model/model-errors.ts'
import type { ModelHttp } from '../model/model-provider.ts'
import { openAiError, openAiFailure } from '../openai/openai-failure.ts'
import type { Transcriber } from './transcriber.ts'

/** Whisper's own rule: above the one and below the other it heard nothing, whatever it wrote. */
const MOST_NO_SPEECH = 0.6
const LEAST_LOG_PROBABILITY = -1

/** Any server that speaks OpenAI's transcriptions, with times of segments. */
export function createOpenAiTranscriber(options: {
  /** A client whose base URL has the version: `https://api.openai.com/v1`. */
  readonly http: ModelHttp
  /** Empty for a server of one's own that asks for none. */
  readonly apiKey: string
  readonly model: string
}): Transcriber {
  const { http, apiKey, model } = options
  return {
    provider: 'openai',
    model,
    async transcribe({ bytes, contentType, signal }) {
      const form = new FormData()
      form.set('model', model)
      form.set('response_format', 'verbose_json')
      form.set('timestamp_granularities[]', 'segment')
      form.set('file', new File([Uint8Array.from(bytes)], 'recording.wav', { type: contentType }))
      const encoded = new Response(form)
      const response = await http.call({
        method: 'POST',
        path: '/audio/transcriptions',
        headers: {
          'content-type': encoded.headers.get('content-type') ?? 'multipart/form-data',
          ...(apiKey === '' ? {} : { authorization: `Bearer ${apiKey}` })
        },
        body: new Uint8Array(await encoded.arrayBuffer()),
        operation: 'transcribe',
        signal
      })
      const error = openAiError(response)
      if (error) {
        throw openAiFailure(error, response, model, { route: '/audio/transcriptions', setting: 'TRANSCRIPTION_MODEL' })
      }
      return readReply(response.body)
    }
  }
}

function readReply(body: unknown): Awaited<ReturnType<Transcriber['transcribe']>> {
  const segments = isJsonObject(body) ? body['segments'] : undefined
  if (!isJsonObject(body) || !Array.isArray(segments)) {
    throw unreadableReply(
      'The OpenAI-compatible server',
      'no segments with times; set TRANSCRIPTION_MODEL to one that gives them'
    )
  }
  return {
    language: typeof body['language'] === 'string' && body['language'] !== '' ? body['language'] : null,
    segments: (segments as unknown[]).filter(isJsonObject).flatMap((segment) => {
      const { text, start, end } = segment
      if (typeof text !== 'string' || typeof start !== 'number' || typeof end !== 'number') return []
      const words = text.trim()
      return words === '' || isImagined(segment) ? [] : [{ startMs: start * 1_000, endMs: end * 1_000, words }]
    })
  }
}

function isImagined(segment: JsonObject): boolean {
  const [noSpeech, logProbability] = [segment['no_speech_prob'], segment['avg_logprob']]
  return (
    typeof noSpeech === 'number' &&
    noSpeech > MOST_NO_SPEECH &&
    typeof logProbability === 'number' &&
    logProbability < LEAST_LOG_PROBABILITY
  )
}
