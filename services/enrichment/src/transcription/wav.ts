/** Sound of one channel between two moments. */
export interface ChannelWindow {
  /** From 0. */
  readonly channel: number
  readonly channels: number
  readonly startMs: number
  readonly durationMs: number
  /** 16 bits each, little endian. */
  readonly samples: Buffer
  readonly sampleRate: number
  /** What the file said about itself, as it was: a chunk of its own. */
  readonly notes: Buffer
}

interface WavFormat {
  readonly channels: number
  readonly sampleRate: number
  readonly notes: Buffer
}

/** What comes before the sound is some dozen bytes; more is no recording of a call. */
const LONGEST_HEADER = 64 * 1024
const PCM = 1
/** The format is told in an extension; of what telephones give it is PCM too. */
const EXTENSIBLE = 0xfffe
const SAMPLE_BYTES = 2

/** The sound is none that can be taken apart by channels. */
export class UnsupportedSound extends Error {
  constructor(why: string) {
    super(`The sound cannot be taken apart: ${why}`)
    this.name = 'UnsupportedSound'
  }
}

/**
 * Takes a WAV file of 16-bit samples apart by channels, in windows of equal length: as much of the sound is in memory as one
 * window has. Where a window ends a word may be cut in two.
 *
 * @throws UnsupportedSound
 */
export async function* channelWindows(
  content: AsyncIterable<Uint8Array>,
  windowSeconds: number
): AsyncGenerator<ChannelWindow, void, undefined> {
  let format: WavFormat | null = null
  let rest = Buffer.alloc(0)
  let startMs = 0
  for await (const bytes of content) {
    rest = Buffer.concat([rest, bytes])
    if (format === null) {
      const header = readHeader(rest)
      if (header === null) continue
      format = header.format
      rest = rest.subarray(header.length)
    }
    const windowBytes = windowSeconds * format.sampleRate * format.channels * SAMPLE_BYTES
    while (rest.length >= windowBytes) {
      yield* takenApart(rest.subarray(0, windowBytes), format, startMs)
      rest = rest.subarray(windowBytes)
      startMs += windowSeconds * 1_000
    }
  }
  if (format === null) throw new UnsupportedSound('it ends before it begins')
  const frame = format.channels * SAMPLE_BYTES
  const whole = rest.subarray(0, rest.length - (rest.length % frame))
  if (whole.length > 0) yield* takenApart(whole, format, startMs)
}

/** A WAV file of one channel. */
export function wavFile({
  samples,
  sampleRate,
  notes
}: Pick<ChannelWindow, 'samples' | 'sampleRate' | 'notes'>): Buffer {
  const header = Buffer.alloc(36)
  header.write('RIFF', 0, 'latin1')
  header.writeUInt32LE(36 + notes.length + samples.length, 4)
  header.write('WAVEfmt ', 8, 'latin1')
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(PCM, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(sampleRate, 24)
  header.writeUInt32LE(sampleRate * SAMPLE_BYTES, 28)
  header.writeUInt16LE(SAMPLE_BYTES, 32)
  header.writeUInt16LE(8 * SAMPLE_BYTES, 34)
  const data = Buffer.alloc(8)
  data.write('data', 0, 'latin1')
  data.writeUInt32LE(samples.length, 4)
  return Buffer.concat([header, notes, data, samples])
}

/** Below this a line hums; nobody speaks. About one three-hundredth of the loudest. */
const QUIETEST_SPEECH = 100

/** Whether nothing in it can be speech. */
export function isSilent(samples: Buffer): boolean {
  for (let at = 0; at + SAMPLE_BYTES <= samples.length; at += SAMPLE_BYTES) {
    if (Math.abs(samples.readInt16LE(at)) >= QUIETEST_SPEECH) return false
  }
  return true
}

function* takenApart(
  bytes: Buffer,
  { channels, sampleRate, notes }: WavFormat,
  startMs: number
): Generator<ChannelWindow, void, undefined> {
  const frames = bytes.length / (channels * SAMPLE_BYTES)
  const durationMs = Math.round((frames * 1_000) / sampleRate)
  for (let channel = 0; channel < channels; channel += 1) {
    const samples = Buffer.allocUnsafe(frames * SAMPLE_BYTES)
    for (let frame = 0; frame < frames; frame += 1) {
      const from = (frame * channels + channel) * SAMPLE_BYTES
      samples[frame * SAMPLE_BYTES] = bytes[from] ?? 0
      samples[frame * SAMPLE_BYTES + 1] = bytes[from + 1] ?? 0
    }
    yield { channel, channels, startMs, durationMs, samples, sampleRate, notes }
  }
}

/** Null while the sound has not begun. */
function readHeader(bytes: Buffer): { format: WavFormat; length: number } | null {
  if (bytes.length >= 12 && (text(bytes, 0) !== 'RIFF' || text(bytes, 8) !== 'WAVE')) {
    throw new UnsupportedSound('it is no WAV file')
  }
  let format: Omit<WavFormat, 'notes'> | null = null
  let notes = Buffer.alloc(0)
  for (let at = 12; at + 8 <= bytes.length;) {
    const [name, size] = [text(bytes, at), bytes.readUInt32LE(at + 4)]
    if (name === 'data') {
      if (format === null) throw new UnsupportedSound('its form is not told')
      return { format: { ...format, notes }, length: at + 8 }
    }
    if (name === 'fmt ' && at + 24 <= bytes.length) format = readFormat(bytes, at + 8)
    const end = at + 8 + size + (size % 2)
    if (name === 'LIST' && end <= bytes.length) notes = Buffer.from(bytes.subarray(at, end))
    at = end
  }
  if (bytes.length > LONGEST_HEADER) throw new UnsupportedSound('no sound in it')
  return null
}

function readFormat(bytes: Buffer, at: number): Omit<WavFormat, 'notes'> {
  const [coding, channels, sampleRate, bits] = [
    bytes.readUInt16LE(at),
    bytes.readUInt16LE(at + 2),
    bytes.readUInt32LE(at + 4),
    bytes.readUInt16LE(at + 14)
  ]
  if (coding !== PCM && coding !== EXTENSIBLE) throw new UnsupportedSound(`its coding is ${coding}`)
  if (bits !== 8 * SAMPLE_BYTES) throw new UnsupportedSound(`its samples have ${bits} bits`)
  if (channels < 1 || channels > 2 || sampleRate < 1) throw new UnsupportedSound(`it has ${channels} channels`)
  return { channels, sampleRate }
}

function text(bytes: Buffer, at: number): string {
  return bytes.toString('latin1', at, at + 4)
}
