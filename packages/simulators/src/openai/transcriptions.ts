import type { FastifyRequest } from 'fastify'
import { sha256Hex } from '../seeded.ts'
import type { Utterance } from '../twilio/twilio-resources.ts'
import type { SimulatedRecording } from '../twilio/twilio-resources.ts'
import { jsonAnswer } from '../vendors.ts'
import type { VendorAnswer } from '../vendors.ts'
import { invalidRequest } from './openai-errors.ts'

/** Finds a recording of the simulated Twilio account. */
export type FindRecording = (sid: string) => SimulatedRecording | undefined

/** OpenAI takes 25 MB. */
const MOST_BYTES = 25 * 1024 * 1024
/** What the file says of itself stands near its beginning. */
const HEAD_BYTES = 2_048
const SAMPLE_BYTES = 2
const CHARACTERS_A_SECOND = 15
/** Seconds into an utterance at which its speaker alone is heard, and how long. */
const LISTEN_AFTER = 0.3
const LISTEN_FOR = 0.5
/** A voice is louder than this, the hum of a line is not. */
const VOICE = 400

/** For sound that no simulated telephone made: something, and always the same. */
const SENTENCES = [
  'Hello, this is a recorded message.',
  'Please call me back when you have a minute.',
  'Thank you, that answers my question.',
  'We would like to see a demo next week.'
] as const

interface HeardSegment {
  id: number
  start: number
  end: number
  text: string
  avg_logprob: number
  no_speech_prob: number
}

const wordsAt = (recording: SimulatedRecording, file: Buffer): Utterance[] => {
  const rate = file.readUInt32LE(24)
  const begin = file.subarray(0, HEAD_BYTES).indexOf('data') + 8
  const isLoud = ({ second }: Utterance): boolean => {
    const from = begin + Math.round((second + LISTEN_AFTER) * rate) * SAMPLE_BYTES
    const to = Math.min(file.length - 1, from + Math.round(LISTEN_FOR * rate) * SAMPLE_BYTES)
    for (let at = from; at < to; at += SAMPLE_BYTES) {
      if (Math.abs(file.readInt16LE(at)) > VOICE) return true
    }
    return false
  }
  return recording.said.filter(isLoud)
}

/** What is heard in a file: of a recording the words that were spoken on this channel of it. */
const heardIn = (file: Buffer, find: FindRecording): Utterance[] => {
  const sid = /RE[0-9a-f]{32}/.exec(file.subarray(0, HEAD_BYTES).toString('latin1'))?.[0]
  const recording = sid === undefined ? undefined : find(sid)
  if (recording !== undefined)
    return file.toString('latin1', 0, 4) === 'RIFF' ? wordsAt(recording, file) : recording.said
  const place = Number.parseInt(sha256Hex(file.toString('latin1')).slice(0, 8), 16) % SENTENCES.length
  return [{ second: 0, who: 'caller', text: SENTENCES[place] ?? SENTENCES[0] }]
}

const segmentOf = ({ second, text }: Utterance, id: number): HeardSegment => ({
  id,
  start: second,
  end: second + Math.max(0.2, text.length / CHARACTERS_A_SECOND),
  text: ` ${text}`,
  avg_logprob: -0.2,
  no_speech_prob: 0.01
})

/** `POST /v1/audio/transcriptions` as Whisper answers it; it hears what the simulated telephones said. */
export const transcribe = async (request: FastifyRequest, find: FindRecording): Promise<VendorAnswer> => {
  const type = request.headers['content-type'] ?? ''
  if (!Buffer.isBuffer(request.body) || !type.startsWith('multipart/form-data')) {
    return invalidRequest('We could not parse the multipart form of your request.')
  }
  const form = await new Response(Uint8Array.from(request.body), { headers: { 'content-type': type } }).formData()
  const [file, model, format] = [form.get('file'), form.get('model'), form.get('response_format') ?? 'json']
  if (typeof model !== 'string' || model === '') return invalidRequest('you must provide a model parameter', 'model')
  if (!(file instanceof Blob)) return invalidRequest('you must provide a file', 'file')
  if (file.size > MOST_BYTES) return invalidRequest(`Maximum content size limit (${MOST_BYTES}) exceeded`, 'file')
  if (format === 'verbose_json' && model.startsWith('gpt-')) {
    return invalidRequest(`response_format 'verbose_json' is not compatible with model '${model}'`, 'response_format')
  }
  const said = heardIn(Buffer.from(await file.arrayBuffer()), find)
  const segments = said.map(segmentOf)
  const text = said.map((one) => one.text).join(' ')
  if (format !== 'verbose_json') return jsonAnswer(200, { text })
  return jsonAnswer(200, {
    task: 'transcribe',
    language: 'english',
    duration: segments.at(-1)?.end ?? 0,
    text,
    segments
  })
}
