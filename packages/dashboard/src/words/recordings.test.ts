import t from 'tap'
import { nextSpeed, segmentAt, speakerWord, whyNoSound, whyNoTranscript } from './recordings.ts'

const segment = (startMs: number) => ({ startMs, endMs: startMs + 900, speaker: 'us' as const, words: 'Hello' })
const recording = {
  id: 'r1',
  callId: 'c1',
  recordingSid: 'RE1',
  state: 'stored' as const,
  unavailableBecause: null,
  deletedBecause: null,
  deletedAt: null,
  audioUrl: '/v1/calls/c1/recordings/r1/audio',
  contentType: 'audio/mpeg',
  sizeBytes: 10,
  durationSeconds: 3,
  channels: 2,
  sales: false,
  startedAt: null,
  storedAt: null,
  transcript: {
    state: 'transcribed' as const,
    code: null,
    language: 'en',
    segments: [segment(0), segment(1_000), segment(2_500)],
    provider: null,
    model: null,
    costMicroUsd: null,
    latencyMs: null
  }
}

void t.test('what cannot be played or read says why', (t) => {
  t.equal(whyNoSound(recording), null)
  t.equal(whyNoTranscript(recording), null)
  t.match(whyNoSound({ ...recording, state: 'unavailable', unavailableBecause: 'too-large' }), /larger/)
  t.match(whyNoSound({ ...recording, state: 'deleted', deletedBecause: 'retention' }), /its time was over/)
  t.match(whyNoSound({ ...recording, audioUrl: null }), /no sound/)
  const { transcript } = recording
  t.match(whyNoTranscript({ ...recording, transcript: { ...transcript, segments: [] } }), /Nobody spoke/)
  t.match(whyNoTranscript({ ...recording, transcript: { ...transcript, state: 'not-configured' } }), /set up/)
  t.end()
})

void t.test('the transcript follows the sound', (t) => {
  const { segments } = recording.transcript
  t.same(
    [-1, 0, 0.99, 1, 2.4, 2.5, 60].map((at) => segmentAt(segments, at)),
    [-1, 0, 0, 1, 1, 2, 2]
  )
  t.equal(segmentAt([], 3), -1)
  t.equal(speakerWord('customer'), 'They')
  t.same([1, 1.25, 1.5, 2, 7].map(nextSpeed), [1.25, 1.5, 2, 1, 1])
  t.end()
})
