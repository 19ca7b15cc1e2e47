import { SAMPLE_RATE } from './speech-tones.ts'

const chunk = (name: string, body: Buffer): Buffer => {
  const head = Buffer.alloc(8)
  head.write(name, 0, 'ascii')
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)])
}

/** A WAV file of 16 bits; its comment names the recording. */
export const wavFile = (channels: readonly Int16Array[], comment: string): Buffer => {
  const count = channels.length
  const length = channels[0]?.length ?? 0
  const format = Buffer.alloc(16)
  format.writeUInt16LE(1, 0)
  format.writeUInt16LE(count, 2)
  format.writeUInt32LE(SAMPLE_RATE, 4)
  format.writeUInt32LE(SAMPLE_RATE * count * 2, 8)
  format.writeUInt16LE(count * 2, 12)
  format.writeUInt16LE(16, 14)
  const data = Buffer.alloc(length * count * 2)
  for (let at = 0; at < length; at += 1) {
    for (const [channel, samples] of channels.entries()) data.writeInt16LE(samples[at] ?? 0, (at * count + channel) * 2)
  }
  const note = Buffer.concat([Buffer.from('INFO'), chunk('ICMT', Buffer.from(`${comment}\0`))])
  const body = Buffer.concat([Buffer.from('WAVE'), chunk('fmt ', format), chunk('LIST', note), chunk('data', data)])
  return chunk('RIFF', body)
}
