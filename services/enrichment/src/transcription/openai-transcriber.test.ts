import t from 'tap'
import type { ModelHttp, ModelHttpRequest } from '../model/model-provider.ts'
import { createOpenAiTranscriber } from './openai-transcriber.ts'

function answering(status: number, body: unknown) {
  const asked: ModelHttpRequest[] = []
  const http: ModelHttp = {
    async call(request) {
      asked.push(request)
      return { status, headers: {}, body }
    }
  }
  const transcriber = createOpenAiTranscriber({ http, apiKey: 'sk-test', model: 'whisper-1' })
  const transcribe = () =>
    transcriber.transcribe({
      bytes: Buffer.from('RIFF'),
      contentType: 'audio/wav',
      signal: new AbortController().signal
    })
  return { asked, transcribe }
}

void t.test('a form with the sound goes out, segments come back', async (t) => {
  const segments = [
    { start: 0, end: 1.5, text: ' Hello there ', no_speech_prob: 0.01, avg_logprob: -0.2 },
    { start: 2, end: 3, text: ' Thank you for watching', no_speech_prob: 0.9, avg_logprob: -1.4 },
    { start: 3, end: 4, text: '   ', no_speech_prob: 0, avg_logprob: 0 }
  ]
  const { asked, transcribe } = answering(200, { language: 'english', segments })
  t.strictSame(await transcribe(), {
    language: 'english',
    segments: [{ startMs: 0, endMs: 1_500, words: 'Hello there' }]
  })
  const [request] = asked
  t.match(request, { path: '/audio/transcriptions', headers: { authorization: 'Bearer sk-test' } })
  const type = request?.headers?.['content-type'] ?? ''
  const form = await new Response(request?.body as Uint8Array<ArrayBuffer>, {
    headers: { 'content-type': type }
  }).formData()
  t.equal(form.get('response_format'), 'verbose_json')
  t.equal(form.get('timestamp_granularities[]'), 'segment')
  t.equal(await (form.get('file') as Blob).text(), 'RIFF')
})

void t.test('failures are of their class, and say what to do', async (t) => {
  const failing = async (status: number, error: object) => answering(status, { error }).transcribe()
  await t.rejects(failing(429, { message: 'slow down' }), { name: 'TransientError', code: 'ENRICHMENT_MODEL_BUSY' })
  await t.rejects(failing(503, { message: 'busy' }), { name: 'TransientError', code: 'ENRICHMENT_MODEL_UNAVAILABLE' })
  await t.rejects(failing(401, { message: 'no' }), { name: 'PermanentError', code: 'ENRICHMENT_MODEL_KEY_INVALID' })
  await t.rejects(failing(404, { message: 'x', code: 'model_not_found' }), { message: /TRANSCRIPTION_MODEL/ })
  await t.rejects(failing(404, { message: 'no route' }), { message: /\/audio\/transcriptions/ })
  await t.rejects(answering(200, { text: 'no times' }).transcribe(), { code: 'ENRICHMENT_MODEL_REPLY_UNREADABLE' })
})
