import { Readable } from 'node:stream'
import { asSealedText } from '@leadlog/contracts'
import { createFileStore, memoryBlobs } from '@leadlog/files'
import type { TelephonyDeps } from '../deps.ts'
import type { RecordingSource } from './fetch-sound.ts'

/** What handlers get where a message is only tried: Twilio is not called, and nothing is stored. */
export function withoutSideEffects(deps: TelephonyDeps): TelephonyDeps {
  const unsealed = {
    sealBytes: async (_keyId: string, bytes: Uint8Array) => asSealedText(Buffer.from(bytes).toString('base64url')),
    openBytes: async (_keyId: string, text: string) => Buffer.from(text, 'base64url')
  }
  const files = createFileStore(memoryBlobs(), unsealed)
  return { ...deps, twilio: null, effects: null, sounds: deps.sounds && silence, files }
}

/** Answers for Twilio, with no sound in it. */
const silence: RecordingSource = {
  recording: async (sid) => ({
    sid,
    callSid: null,
    conferenceSid: null,
    status: 'completed',
    durationSeconds: 0,
    channels: 1,
    source: null,
    createdAt: null,
    startedAt: null,
    mediaUrl: `/Recordings/${sid}`,
    price: null
  }),
  recordingMedia: async () => ({
    status: 200,
    contentType: 'audio/wav',
    contentLength: 0,
    contentRange: null,
    body: Readable.from([])
  }),
  deleteRecording: async () => undefined
}
