import type { SpeakerBlock } from '@leadlog/contracts'
import fc from 'fast-check'
import t from 'tap'
import { passagesOf, passageText } from './passages.ts'
import { sampleTranscript, TRANSCRIPT_LIMIT } from './sample-transcript.ts'

const MARKER = /^\[… left out: (\d+) passages?, (\d+) characters …\]$/

function block(speaker: string, words: string, at = 0): SpeakerBlock {
  return { startMs: at, endMs: at + 1, speaker, words }
}

/** A long meeting of small talk, with something worth knowing at a few places. */
function longMeeting(interesting: Record<number, SpeakerBlock>): SpeakerBlock[] {
  return Array.from({ length: 400 }, (_, at) => {
    const chat = 'well you know it is one of those things that people tend to say when the day is long and so on'
    return (
      interesting[at] ?? block(at % 2 === 0 ? 'Dana Whitfield' : 'Marco Ellison', `${chat}, part ${'abcdefgh'[at % 8]}`)
    )
  })
}

const isCustomer = (speaker: string) => speaker.startsWith('Marco')

void t.test('what fits is given whole', async (t) => {
  const sample = sampleTranscript(
    [block('Dana', 'Hi  Marco.'), block('Marco', ' '), block('Marco', 'Hello!\nHow are you?')],
    {
      isCustomer
    }
  )
  t.strictSame(sample, {
    text: 'Dana: Hi Marco.\nMarco: Hello! How are you?',
    sampled: false,
    keptPassages: 2,
    omittedPassages: 0
  })
})

void t.test('a long meeting keeps its beginning, its end and what tells most between', async (t) => {
  const budget = 'We have $30,000 set aside and Priya, our CFO, must approve it before March 31.'
  const small = 'Lovely weather again over here in the mountains, is it not, I really do like it so much.'
  const transcript = longMeeting({
    0: block('Dana Whitfield', 'Thanks for joining, shall we start?'),
    180: block('Dana Whitfield', 'Who signs in the end?'),
    181: block('Marco Ellison', budget),
    250: block('Marco Ellison', small),
    399: block('Marco Ellison', 'Send the proposal on Friday then. Bye!')
  })
  const { text, sampled, omittedPassages } = sampleTranscript(transcript, { isCustomer })
  t.equal(sampled, true)
  t.ok(omittedPassages > 200)
  t.ok(text.startsWith('Dana Whitfield: Thanks for joining, shall we start?\n'))
  t.ok(text.endsWith('\nMarco Ellison: Send the proposal on Friday then. Bye!'))
  t.match(text, `Dana Whitfield: Who signs in the end?\nMarco Ellison: ${budget}`)
  t.notMatch(text, small)
  t.ok(text.length > 0.9 * TRANSCRIPT_LIMIT, 'the room is used')
})

void t.test('the customer’s words come before the same words of the seller', async (t) => {
  const fact = 'The contract for Acme ends on May 14 and costs $900 a month.'
  const transcript = longMeeting({
    150: block('Dana Whitfield', `${fact} (Dana)`),
    250: block('Marco Ellison', `${fact} (Marco)`)
  })
  const sized = Array.from(
    { length: 40 },
    (_, at) => sampleTranscript(transcript, { limit: 400 + at * 10, isCustomer }).text
  )
  const first = sized.find((text) => text.includes(fact))
  t.match(first, /\(Marco\)/)
  t.notMatch(first, /\(Dana\)/)
})

void t.test('one endless monologue is divided at sentences', async (t) => {
  const sentences = Array.from({ length: 400 }, (_, at) => `This is sentence number ${at} of a long speech.`)
  const { text } = sampleTranscript([block('Marco', sentences.join(' '))], { isCustomer })
  t.ok(text.length <= TRANSCRIPT_LIMIT)
  const said = new Set(sentences)
  const kept = text
    .split('\n')
    .filter((line) => !MARKER.test(line))
    .flatMap((line) => line.replace(/^Marco: /, '').split(/(?<=\.) /))
  t.ok(kept.length > 200)
  t.ok(kept.every((sentence) => said.has(sentence)))
})

const words = fc.oneof(
  fc.lorem({ maxCount: 60 }),
  fc.lorem({ mode: 'sentences', maxCount: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 400 }),
  fc.constant('Is it $40 or 50 % at Acme?')
)
const transcripts = fc.array(
  fc.record({
    startMs: fc.nat(),
    endMs: fc.nat(),
    speaker: fc.constantFrom('Marco', 'Dana', '', 'x'.repeat(90)),
    words
  }),
  { maxLength: 80 }
)

void t.test('whatever the transcript: within the limit, whole blocks, in order, nothing lost unmarked', async () => {
  fc.assert(
    fc.property(transcripts, fc.integer({ min: 200, max: 6_000 }), (transcript, limit) => {
      const { text, sampled, keptPassages, omittedPassages } = sampleTranscript(transcript, { limit, isCustomer })
      const whole = passagesOf(transcript)
      if (text.length > limit) return false
      if (!sampled) return text === passageText(whole) && keptPassages === whole.length
      const left = text.split('\n').map((line) => Number(MARKER.exec(line)?.[1] ?? 0))
      const lines = text.split('\n').filter((line) => !MARKER.test(line))
      const complete = new Set(whole.map((passage) => passageText([passage])))
      const short = lines.every((line) => complete.has(line) || complete.size === 0 || isPartOfLong(line, whole, limit))
      return left.reduce((sum, count) => sum + count, 0) === omittedPassages && short && inOrder(lines, whole)
    }),
    { numRuns: 300 }
  )
})

/** Only blocks that are too long to be one passage may appear in part. */
function isPartOfLong(line: string, whole: readonly { text: string }[], limit: number): boolean {
  const said = line.slice(line.indexOf(': ') + 2)
  return whole.some(({ text }) => text.length > Math.min(1_200, limit / 10) && squeeze(text).includes(squeeze(said)))
}

function inOrder(lines: readonly string[], whole: readonly { speaker: string; text: string }[]): boolean {
  const all = squeeze(whole.map((passage) => `${passage.speaker}: ${passage.text}`).join(''))
  let from = 0
  for (const line of lines) {
    const said = squeeze(line.slice(line.indexOf(': ') + 2))
    const at = all.indexOf(said, from)
    if (at === -1) return false
    from = at + said.length
  }
  return true
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, '')
}
