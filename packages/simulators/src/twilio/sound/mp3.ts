import { createMp3Encoder } from 'wasm-media-encoders'
import { SAMPLE_RATE } from './speech-tones.ts'

const BITRATE = 32
const CHUNK_SAMPLES = SAMPLE_RATE * 10

/** Four bytes of seven bits each, as ID3 has its sizes. */
const syncsafe = (size: number): Buffer =>
  Buffer.from([(size >> 21) & 127, (size >> 14) & 127, (size >> 7) & 127, size & 127])

/** An ID3 tag that names the recording. */
const titleTag = (title: string): Buffer => {
  const text = Buffer.concat([Buffer.from([3]), Buffer.from(title, 'utf8')])
  const size = Buffer.alloc(4)
  size.writeUInt32BE(text.length)
  const frame = Buffer.concat([Buffer.from('TIT2'), size, Buffer.alloc(2), text])
  return Buffer.concat([Buffer.from('ID3'), Buffer.from([3, 0, 0]), syncsafe(frame.length), frame])
}

/** An MP3 file; its title names the recording. */
export const mp3File = async (channels: readonly Int16Array[], title: string): Promise<Buffer> => {
  const encoder = await createMp3Encoder()
  const count = channels.length === 2 ? 2 : 1
  encoder.configure({ sampleRate: SAMPLE_RATE, channels: count, bitrate: BITRATE })
  const parts: Buffer[] = [titleTag(title)]
  const length = channels[0]?.length ?? 0
  for (let from = 0; from < length; from += CHUNK_SAMPLES) {
    const part = channels
      .slice(0, count)
      .map((samples) => Float32Array.from(samples.subarray(from, from + CHUNK_SAMPLES), (sample) => sample / 32_768))
    parts.push(Buffer.from(encoder.encode(part as [Float32Array])))
  }
  parts.push(Buffer.from(encoder.finalize()))
  return Buffer.concat(parts)
}
