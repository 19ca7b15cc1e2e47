import { mp3File } from './sound/mp3.ts'
import { speechTones } from './sound/speech-tones.ts'
import { wavFile } from './sound/wav.ts'
import type { SimulatedRecording, Utterance } from './twilio-resources.ts'

export type MediaFormat = 'wav' | 'mp3'

const CALLER: readonly Utterance['who'][] = ['caller']
const OTHERS: readonly Utterance['who'][] = ['app', 'agent']
/** A minute of speech is a megabyte of WAV; a few are asked for again and again. */
const KEPT_FILES = 8

/** Files of recordings, made when they are asked for. */
export interface RecordingMedia {
  file(recording: SimulatedRecording, format: MediaFormat, channels: 1 | 2): Promise<Buffer>
}

export const createRecordingMedia = (): RecordingMedia => {
  const kept = new Map<string, Promise<Buffer>>()
  const make = async (recording: SimulatedRecording, format: MediaFormat, channels: 1 | 2): Promise<Buffer> => {
    const speakers = channels === 2 ? [CALLER, OTHERS] : [[...CALLER, ...OTHERS]]
    const tones = speechTones(recording.seconds, recording.said, speakers)
    return format === 'wav' ? wavFile(tones, recording.sid) : mp3File(tones, recording.sid)
  }
  return {
    file: (recording, format, channels) => {
      const key = `${recording.sid}.${format}.${channels}`
      const file = kept.get(key) ?? make(recording, format, channels)
      kept.delete(key)
      kept.set(key, file)
      for (const [oldest] of kept) {
        if (kept.size <= KEPT_FILES) break
        kept.delete(oldest)
      }
      return file
    }
  }
}

/** The recording whose file this is: its sid stands in WAV's comment and in MP3's title, near the beginning. */
export const recordingSidIn = (file: Uint8Array): string | undefined =>
  /RE[0-9a-f]{32}/.exec(Buffer.from(file.subarray(0, 2_048)).toString('latin1'))?.[0]

/** The part of a file that a `Range` header asks for; null where it lies outside, undefined where all is meant. */
export const rangeOf = (
  header: string | undefined,
  length: number
): { from: number; to: number } | null | undefined => {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (first === '' && last === '') return undefined
  const from = first === '' ? Math.max(0, length - Number(last)) : Number(first)
  const to = first === '' || last === '' ? length - 1 : Math.min(Number(last), length - 1)
  return from > to || from >= length ? null : { from, to }
}
