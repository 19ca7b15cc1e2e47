import { PermanentError, TransientError, type RecordingGap } from '@leadlog/contracts'
import type { FileStore, WrittenFile } from '@leadlog/files'
import type { TwilioClient } from '@leadlog/twilio/rest'
import type { Static } from '@sinclair/typebox'

/** What fetching needs of Twilio. */
export type RecordingSource = Pick<TwilioClient, 'recording' | 'recordingMedia' | 'deleteRecording'>

/** A stored sound, or why there is none. */
export type FetchedSound =
  | { readonly kind: 'stored'; readonly file: WrittenFile; readonly contentType: string }
  | { readonly kind: 'unavailable'; readonly reason: Static<typeof RecordingGap>; readonly detail: string }

/** Twilio's longest recording is a day: in two channels 2.8 GB. */
export const MAX_BYTES = 4 * 1024 ** 3

/** A recording may be told of a moment before it can be had. */
const ATTEMPTS_WHERE_UNKNOWN = 3

/** Twilio's code for what it does not know. */
const NOT_FOUND = 'TWILIO_20404'

/**
 * Streams a recording from Twilio into the store, in as many channels as it has, uncompressed: only so who speaks can be told
 * apart afterwards.
 *
 * @throws TransientError where it may still come, PermanentError where the settings are at fault
 */
export async function fetchSound(request: {
  readonly source: RecordingSource
  readonly files: Pick<FileStore, 'write'>
  readonly recordingSid: string
  readonly recordingId: string
  readonly channels: number | null
  readonly keyId: string
  readonly attempt: number
  readonly signal: AbortSignal
}): Promise<FetchedSound> {
  const { source, files, recordingSid, recordingId, channels, keyId, attempt, signal } = request
  try {
    const { mediaUrl, status } = await source.recording(recordingSid)
    if (mediaUrl === null) return unavailable('absent', `Twilio has no sound of it: ${status}`)
    const media = await source.recordingMedia(`${mediaUrl}.wav?RequestedChannels=${String(channels ?? 1)}`)
    const contentType = soundType(media.contentType)
    if (contentType === null) {
      media.body.destroy()
      return unavailable('refused', `Twilio gave ${media.contentType ?? 'something without a type'} and no sound`)
    }
    const stop = (): void => void media.body.destroy(new Error('The service stops'))
    signal.addEventListener('abort', stop, { once: true })
    try {
      const content = media.body as AsyncIterable<Uint8Array>
      const file = await files.write({ kind: 'recordings', owner: recordingId, keyId, content, maxBytes: MAX_BYTES })
      return { kind: 'stored', file, contentType }
    } finally {
      signal.removeEventListener('abort', stop)
      media.body.destroy()
    }
  } catch (error) {
    if (!(error instanceof PermanentError)) throw error
    if (error.code === NOT_FOUND && attempt < ATTEMPTS_WHERE_UNKNOWN) {
      throw new TransientError('TELEPHONY_RECORDING_NOT_READY', 'Twilio does not know the recording yet', {
        cause: error
      })
    }
    if (error.code === 'FILES_TOO_LARGE') return unavailable('too-large', error.message)
    if (error.code === 'KEYRING_KEY_DESTROYED') return unavailable('erased', 'The person was erased')
    if (error.code.startsWith('TWILIO_')) return unavailable('refused', `${error.code}: ${error.message}`)
    throw error
  }
}

function unavailable(reason: Static<typeof RecordingGap>, detail: string): FetchedSound {
  return { kind: 'unavailable', reason, detail }
}

/** Only what a browser plays and never runs; null for anything else. */
function soundType(contentType: string | null): string | null {
  const [type = ''] = (contentType ?? '').toLowerCase().split(';')
  if (/^audio\/(x-|vnd\.)?wave?$/.test(type.trim())) return 'audio/wav'
  return type.trim() === 'audio/mpeg' ? 'audio/mpeg' : null
}
