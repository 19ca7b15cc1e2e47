import { wavFile } from './wav.ts'

export const RATE = 8_000

/** Seconds in which somebody speaks, from and to. */
export type Spoken = readonly (readonly [number, number])[]

/** A WAV file of 16 bits, as Twilio gives it: a tone where somebody speaks. */
export function soundOf(seconds: number, channels: readonly Spoken[]): Buffer {
  const count = channels.length
  const samples = Buffer.alloc(seconds * RATE * count * 2)
  for (const [channel, spoken] of channels.entries()) {
    for (const [from, to] of spoken) {
      for (let frame = from * RATE; frame < to * RATE; frame += 1) {
        samples.writeInt16LE(Math.round(8_000 * Math.sin(frame / 4)), (frame * count + channel) * 2)
      }
    }
  }
  const mono = wavFile({ samples, sampleRate: RATE, notes: Buffer.alloc(0) })
  mono.writeUInt16LE(count, 22)
  mono.writeUInt32LE(RATE * count * 2, 28)
  mono.writeUInt16LE(count * 2, 32)
  return mono
}

export async function* inParts(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += length) yield bytes.subarray(from, from + length)
}
