import { createHash } from 'node:crypto'
import {
  CallNotTranscribed,
  CallTranscribed,
  isEvent,
  newEvent,
  PermanentError,
  RecordingStored,
  type CallSpeaker,
  type Customer,
  type DataOf,
  type NewEvent
} from '@leadlog/contracts'
import type { FileStore } from '@leadlog/files'
import { defineReactor, type HandlerContext } from '@leadlog/service'
import type { TranscriptionDeps } from '../deps.ts'
import { customerOfLead } from './customer-of-lead.ts'
import { transcribeSound, type Transcript } from './transcribe-sound.ts'
import { transcriptionRef } from './transcription-ref.ts'
import { UnsupportedSound } from './wav.ts'

type Stored = DataOf<typeof RecordingStored>

/** Recordings at once in one process: each holds a window of its sound in memory. */
const AT_ONCE = 2

/** Where one channel has the one that Twilio was asked about and the other whom it was put through to. */
const TWO_LEGS = new Set(['DialVerb', 'OutboundAPI', 'StartCallRecordingAPI', 'Trunking'])

/** Codes of files that are not there any more. */
const GONE = new Set(['FILES_UNKNOWN', 'FILES_ERASED'])

/** Stored recordings → what was said, or why nobody wrote it down. */
export const transcribeCalls = defineReactor({
  name: 'transcribe-calls',
  on: [RecordingStored],
  emits: [CallTranscribed, CallNotTranscribed],
  pausedBy: 'transcription',
  concurrency: AT_ONCE,
  handle: async (event, deps: TranscriptionDeps, context) => {
    const stored = event.data
    const ref = transcriptionRef(stored.recordingId)
    const isDone = (await context.load(ref)).events.some((one) => isEvent(one, CallTranscribed))
    // An operator's attempt is one more reading on purpose.
    if (isDone && context.attemptToken === '') return
    const { result, error } = await transcribe(stored, deps, context)
    await context.transact({
      step: ['transcribe', ...(context.attemptToken === '' ? [] : [context.attemptToken])].join('/'),
      load: [ref],
      decide: () => [result]
    })
    deps.transcribed.ended(result)
    if (error) throw error
  }
})

/** The result to record; with the error where it is one that somebody has to see. */
async function transcribe(
  stored: Stored,
  { transcriber, files, now }: TranscriptionDeps,
  context: HandlerContext
): Promise<{ readonly result: NewEvent; readonly error?: PermanentError }> {
  if (transcriber === null) return { result: notTranscribed(stored, 'not-configured') }
  try {
    const sound = await wholeSound(files, stored)
    const transcript = await transcribeSound(sound, transcriber, {
      speakerOf: (channel, channels) => speakerOn(stored.source, channel, channels),
      now,
      signal: context.signal
    })
    return {
      result: transcribed(
        stored,
        transcript,
        stored.leadId === null ? null : await customerOfLead(stored.leadId, context)
      )
    }
  } catch (error) {
    if (error instanceof UnsupportedSound) return { result: notTranscribed(stored, 'unsupported', null, error.message) }
    if (!(error instanceof PermanentError)) throw error
    const { code, message } = error
    if (GONE.has(code)) return { result: notTranscribed(stored, 'deleted', code) }
    return { result: notTranscribed(stored, 'failed', code, message), error }
  }
}

async function wholeSound(files: FileStore, { file, personId }: Stored): Promise<AsyncIterable<Uint8Array>> {
  const opened = await files.open(file, personId)
  return opened.size === 0 ? (async function* () {})() : opened.read(0, opened.size - 1)
}

function transcribed(stored: Stored, transcript: Transcript, customer: Customer | null): NewEvent {
  const { recordingId, callId, personId, leadId, direction, sales, startedAt, storedAt } = stored
  const { language, segments, durationMs, call } = transcript
  const start = startedAt === null ? Date.parse(storedAt) - durationMs : Date.parse(startedAt)
  return newEvent(CallTranscribed, recordingId, {
    recordingId,
    callId,
    personId,
    leadId,
    direction,
    sales,
    customer,
    language,
    segments: [...segments],
    startedAt: new Date(start).toISOString(),
    endedAt: new Date(start + durationMs).toISOString(),
    contentDigest: createHash('sha256').update(JSON.stringify(segments)).digest('hex'),
    call
  })
}

function notTranscribed(
  { recordingId, callId, personId, leadId }: Stored,
  reason: DataOf<typeof CallNotTranscribed>['reason'],
  code: string | null = null,
  detail: string | null = null
): NewEvent {
  return newEvent(CallNotTranscribed, recordingId, { recordingId, callId, personId, leadId, reason, code, detail })
}

/** In two channels the first is the one at the other end, whoever called whom; a message is left by them alone. */
function speakerOn(source: string | null, channel: number, channels: number): CallSpeaker {
  if (channels === 1) return source === 'RecordVerb' ? 'customer' : 'unknown'
  if (source === null || !TWO_LEGS.has(source)) return 'unknown'
  return channel === 0 ? 'customer' : 'us'
}
