import { TranscriptQuality } from '@leadlog/contracts'
import { Value } from '@sinclair/typebox/value'
import fc from 'fast-check'
import t from 'tap'
import { assessQuality, type TranscriptToAssess } from './assess-quality.ts'
import type { TimedBlock } from './block-intervals.ts'

const START = Date.parse('2026-11-18T16:00:00Z')
const MINUTES = 30
const isCustomer = (speaker: string) => speaker === 'Marco'

/** Speech of some 14 characters a second from one second of the meeting to another. */
function speech(from: number, to: number, speaker = 'Marco'): TimedBlock {
  const words = 'so this is what we do '.repeat(Math.ceil(((to - from) * 14) / 22)).trim()
  return { startMs: START + from * 1000, endMs: START + to * 1000, speaker, words }
}

function meeting(transcript: TimedBlock[], changes: Partial<TranscriptToAssess> = {}): TranscriptToAssess {
  const endedAt = new Date(START + MINUTES * 60_000).toISOString()
  return { transcript, startedAt: new Date(START).toISOString(), endedAt, durationMinutes: MINUTES, ...changes }
}

/** Two people taking turns, with pauses of five seconds. */
const conversation = (from = 0, to = MINUTES * 60) =>
  Array.from({ length: Math.floor((to - from) / 30) }, (_, at) =>
    speech(from + at * 30, from + at * 30 + 25, at % 2 === 0 ? 'Dana' : 'Marco')
  )

const assess = (transcript: TimedBlock[], changes?: Partial<TranscriptToAssess>) =>
  assessQuality(meeting(transcript, changes), isCustomer)

void t.test('a whole conversation is good', async (t) => {
  t.match(assess(conversation()), {
    verdict: 'good',
    coverage: 0.833,
    longestGapSeconds: 5,
    speakerCount: 2,
    blockCount: 60,
    flags: []
  })
})

void t.test('half a meeting is flagged, whichever half is missing', async (t) => {
  const firstHalf = assess(conversation(0, 900))
  t.match(firstHalf, {
    verdict: 'partial',
    coverage: 0.417,
    longestGapSeconds: 905,
    flags: ['low-coverage', 'long-gap']
  })
  t.match(assess(conversation(900)), {
    verdict: 'partial',
    longestGapSeconds: 900,
    flags: ['low-coverage', 'long-gap']
  })
  const holeInTheMiddle = [...conversation(0, 600), ...conversation(960)]
  t.match(assess(holeInTheMiddle), { verdict: 'partial', coverage: 0.667, longestGapSeconds: 365, flags: ['long-gap'] })
})

void t.test('a quarter of a short meeting is a long hole too', async (t) => {
  const changes = { endedAt: new Date(START + 600_000).toISOString(), durationMinutes: 10 }
  const gap = (seconds: number) => [...conversation(0, 300), ...conversation(300 + seconds, 600)]
  t.strictSame(assess(gap(150), changes).flags, ['long-gap'])
  t.strictSame(assess(gap(90), changes).flags, [])
})

void t.test('hardly anything is unusable', async (t) => {
  t.match(assess([]), {
    verdict: 'unusable',
    coverage: 0,
    longestGapSeconds: 1800,
    speakerCount: 0,
    flags: ['empty', 'too-short', 'low-coverage', 'long-gap']
  })
  t.match(assess([speech(0, 0, 'Marco'), { ...speech(5, 9), words: '  ' }]), { verdict: 'unusable', blockCount: 0 })
  t.match(assess(conversation(0, 300)), { verdict: 'unusable', coverage: 0.139 })
  const few = [
    { ...speech(0, 900), words: 'Yes.' },
    { ...speech(900, 1800, 'Dana'), words: 'Hello?' }
  ]
  t.match(assess(few), { verdict: 'unusable', coverage: 1, flags: ['too-short', 'sparse-speech'] })
})

void t.test('who speaks matters', async (t) => {
  const alone = conversation().map((block) => ({ ...block, speaker: 'Dana' }))
  t.match(assess(alone), { verdict: 'partial', speakerCount: 1, flags: ['single-speaker', 'customer-silent'] })
  const one = conversation().map((block, at) => ({ ...block, speaker: at % 2 === 0 ? ' marco' : 'Marco ' }))
  t.equal(assess(one).speakerCount, 1, 'the same name written differently')
})

void t.test('overlaps count once; numeric texts, seconds and relative times mean the same', async (t) => {
  const expected = assess(conversation())
  const doubled = conversation().flatMap((block) => [block, { ...block, speaker: 'Marco' }])
  t.equal(assess(doubled).coverage, expected.coverage)
  const inForm = (form: (unixMs: number) => number | string) =>
    conversation().map((block) => ({
      ...block,
      startMs: form(Number(block.startMs)),
      endMs: form(Number(block.endMs))
    }))
  t.strictSame(assess(inForm(String)), expected)
  t.strictSame(assess(inForm((time) => time / 1000)), expected, 'Unix seconds')
  t.strictSame(assess(inForm((time) => time - START)), expected, 'since the start')
})

void t.test('a wrong clock is noticed and does not count as silence', async (t) => {
  const hourLater = conversation().map((block) => ({
    ...block,
    startMs: Number(block.startMs) + 3_600_000,
    endMs: Number(block.endMs) + 3_600_000
  }))
  t.match(assess(hourLater), { verdict: 'good', coverage: 0.833, flags: ['times-misaligned'] })
})

void t.test('without an end a block lasts as long as its words; without any time the text stands for it', async (t) => {
  const endless = conversation().map((block) => ({ ...block, endMs: 0 }))
  t.match(assess(endless), { verdict: 'good', flags: [] })
  const untimed = conversation().map((block) => ({ ...block, startMs: '', endMs: 'x' }))
  t.match(assess(untimed), { verdict: 'partial', flags: ['untimed'], longestGapSeconds: 0 })
})

void t.test('without an end of the meeting its duration counts, and without both the transcript itself', async (t) => {
  t.match(assess(conversation(0, 900), { endedAt: '' }), { coverage: 0.417 })
  t.match(assess(conversation(), { startedAt: '', endedAt: '' }), { coverage: 0.833 })
  const unknown = assess(conversation(), { endedAt: '', durationMinutes: 0 })
  t.match(unknown, { verdict: 'good', flags: ['no-duration'] })
})

void t.test('whatever comes in, the measures stay in their bounds', async () => {
  const time = fc.oneof(
    fc.nat(),
    fc.nat().map((at) => START + at),
    fc.string({ maxLength: 6 }),
    fc.constant(Number.NaN)
  )
  const blocks = fc.array(
    fc.record({ startMs: time, endMs: time, speaker: fc.constantFrom('Marco', 'Dana', ''), words: fc.lorem() }),
    { maxLength: 30 }
  )
  const instant = fc.constantFrom('', 'soon', '2026-11-18T16:00:00Z', '2026-11-18T16:30:00Z')
  fc.assert(
    fc.property(
      blocks,
      instant,
      instant,
      fc.integer({ min: 0, max: 90 }),
      (transcript, startedAt, endedAt, durationMinutes) => {
        const quality = assessQuality({ transcript, startedAt, endedAt, durationMinutes }, isCustomer)
        return Value.Check(TranscriptQuality, quality) && (quality.verdict !== 'good' || quality.coverage >= 0.6)
      }
    )
  )
})
