import type { CallSegment, CallSpeaker, TranscriptionCall } from '@leadlog/contracts'
import { audioCostMicroUsd } from './audio-prices.ts'
import type { Transcriber } from './transcriber.ts'
import { channelWindows, isSilent, wavFile } from './wav.ts'

/** Ten minutes of one channel are 9.6 MB: below the 25 MB that OpenAI takes, and little to hold. */
const WINDOW_SECONDS = 600

export interface Transcript {
  readonly language: string | null
  readonly segments: readonly CallSegment[]
  readonly durationMs: number
  readonly call: TranscriptionCall
}

/**
 * Lets a recording be written down channel by channel, so that who speaks is known and not guessed. A channel in which nobody
 * speaks is not sent: models hear words in silence.
 *
 * @param speakerOf who is on a channel
 * @throws UnsupportedSound, and as the transcriber does
 */
export async function transcribeSound(
  content: AsyncIterable<Uint8Array>,
  transcriber: Transcriber,
  options: {
    readonly speakerOf: (channel: number, channels: number) => CallSpeaker
    readonly now: () => number
    readonly signal: AbortSignal
  }
): Promise<Transcript> {
  const { speakerOf, now, signal } = options
  const began = now()
  const segments: CallSegment[] = []
  let language: string | null = null
  let calls = 0
  let audioMs = 0
  let durationMs = 0
  for await (const window of channelWindows(content, WINDOW_SECONDS)) {
    const { channel, channels, startMs, samples } = window
    durationMs = Math.max(durationMs, startMs + window.durationMs)
    if (isSilent(samples)) continue
    calls += 1
    audioMs += window.durationMs
    const heard = await transcriber.transcribe({ bytes: wavFile(window), contentType: 'audio/wav', signal })
    language ??= heard.language
    const speaker = speakerOf(channel, channels)
    for (const segment of heard.segments) {
      const start = startMs + Math.max(0, Math.round(segment.startMs))
      const end = startMs + Math.round(segment.endMs)
      segments.push({ startMs: start, endMs: Math.max(start, end), speaker, words: segment.words })
    }
  }
  const { provider, model } = transcriber
  const audioSeconds = Math.ceil(audioMs / 1_000)
  return {
    language,
    segments: segments.sort((a, b) => a.startMs - b.startMs || a.endMs - b.endMs),
    durationMs,
    call: {
      provider,
      model,
      calls,
      audioSeconds,
      costMicroUsd: audioCostMicroUsd(model, audioSeconds),
      latencyMs: Math.round(now() - began)
    }
  }
}
