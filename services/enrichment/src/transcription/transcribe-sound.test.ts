import fc from 'fast-check'
import t from 'tap'
import { audioCostMicroUsd } from './audio-prices.ts'
import { inParts, RATE, soundOf } from './fake-sound.fixture.ts'
import type { Sound, Transcriber } from './transcriber.ts'
import { transcribeSound } from './transcribe-sound.ts'
import { channelWindows, isSilent, UnsupportedSound, wavFile } from './wav.ts'

const signal = new AbortController().signal
const NO_NOTES = Buffer.alloc(0)

/** Hears one sentence in every sound, and keeps what it was given. */
function hearing(words = 'Hello'): Transcriber & { readonly heard: Sound[] } {
  const heard: Sound[] = []
  return {
    provider: 'openai',
    model: 'whisper-1',
    heard,
    async transcribe(sound) {
      heard.push(sound)
      return { language: 'english', segments: [{ startMs: 500, endMs: 1_500, words: `${words} ${heard.length}` }] }
    }
  }
}

const options = {
  speakerOf: (channel: number, channels: number) => (channels === 1 ? 'unknown' : channel === 0 ? 'customer' : 'us'),
  now: () => 0,
  signal
} as const

void t.test('each channel is one speaker, in the order of time', async (t) => {
  const sound = soundOf(4, [[[0, 2]], [[2, 4]]])
  const transcriber = hearing()
  const { segments, language, durationMs, call } = await transcribeSound(inParts(sound, 999), transcriber, options)
  t.strictSame(segments, [
    { startMs: 500, endMs: 1_500, speaker: 'customer', words: 'Hello 1' },
    { startMs: 500, endMs: 1_500, speaker: 'us', words: 'Hello 2' }
  ])
  t.match({ language, durationMs }, { language: 'english', durationMs: 4_000 })
  t.strictSame(call, {
    provider: 'openai',
    model: 'whisper-1',
    calls: 2,
    audioSeconds: 8,
    costMicroUsd: 800,
    latencyMs: 0
  })
})

void t.test('a silent channel is not sent: nothing can be heard in it that was not said', async (t) => {
  const transcriber = hearing()
  const { segments, call } = await transcribeSound(inParts(soundOf(3, [[[0, 1]], []]), 4_096), transcriber, options)
  t.equal(transcriber.heard.length, 1)
  t.strictSame(
    segments.map(({ speaker }) => speaker),
    ['customer']
  )
  t.equal(call.calls, 1)
  const silent = hearing()
  const nothing = await transcribeSound(inParts(soundOf(3, [[]]), 4_096), silent, options)
  t.strictSame([nothing.segments, nothing.durationMs, nothing.call.costMicroUsd, silent.heard], [[], 3_000, 0, []])
})

void t.test('long sound goes in windows, whose times are those of the whole', async (t) => {
  const sound = soundOf(1_300, [[[0, 1_300]]])
  const transcriber = hearing()
  const { segments, durationMs } = await transcribeSound(inParts(sound, 100_000), transcriber, options)
  t.strictSame(
    segments.map(({ startMs }) => startMs),
    [500, 600_500, 1_200_500]
  )
  t.equal(durationMs, 1_300_000)
  t.ok(transcriber.heard.every(({ bytes }) => bytes.length < 25 * 1024 * 1024))
})

void t.test('however the bytes come, the channels are the same', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 1, max: 3 }), async (length, seconds) => {
      const sound = soundOf(3, [[[0, 1]], [[1, 2]]])
      const whole: Buffer[] = [Buffer.alloc(0), Buffer.alloc(0)]
      for await (const { channel, samples } of channelWindows(inParts(sound, length), seconds)) {
        whole[channel] = Buffer.concat([whole[channel] ?? Buffer.alloc(0), samples])
      }
      const one = soundOf(3, [[[0, 1]]]).subarray(44)
      const two = soundOf(3, [[[1, 2]]]).subarray(44)
      return (whole[0]?.equals(one) ?? false) && (whole[1]?.equals(two) ?? false)
    }),
    { numRuns: 20 }
  )
})

void t.test('what is no such sound is said so', async (t) => {
  const read = async (bytes: Buffer) => {
    for await (const window of channelWindows(inParts(bytes, 64), 1)) t.fail(`${window.channel} was taken apart`)
  }
  await t.rejects(read(Buffer.from('ID3 this is an MP3 file, with some more of it')), UnsupportedSound)
  await t.rejects(read(Buffer.alloc(0)), UnsupportedSound)
  const law = soundOf(1, [[]])
  law.writeUInt16LE(7, 20)
  await t.rejects(read(law), { message: /coding is 7/ })
  const bits = soundOf(1, [[]])
  bits.writeUInt16LE(8, 34)
  await t.rejects(read(bits), { message: /8 bits/ })
})

void t.test('what the file says of itself goes with its channels', async (t) => {
  const notes = Buffer.concat([Buffer.from('LIST'), Buffer.from([4, 0, 0, 0]), Buffer.from('abcd')])
  const samples = soundOf(1, [[[0, 1]]]).subarray(44)
  const sound = wavFile({ samples, sampleRate: RATE, notes })
  for await (const window of channelWindows(inParts(sound, 10), 5)) {
    t.ok(wavFile(window).equals(sound))
    t.notOk(isSilent(window.samples))
  }
  t.ok(isSilent(soundOf(1, [[]]).subarray(44)))
  t.ok(wavFile({ samples, sampleRate: RATE, notes: NO_NOTES }).length < sound.length)
})

void t.test('an unknown model costs in the upper range', (t) => {
  t.equal(audioCostMicroUsd('whisper-1', 60), 6_000)
  t.equal(audioCostMicroUsd('gpt-4o-mini-transcribe', 60), 3_000)
  t.equal(audioCostMicroUsd('some-model', 60), 10_000)
  t.end()
})
