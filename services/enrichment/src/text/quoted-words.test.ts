import { anyCharacter } from '@leadlog/testing/any-character'
import fc from 'fast-check'
import t from 'tap'
import { comparableText, quoteMatcher } from './quoted-words.ts'
import { clippedAtWord, sentencesOf } from './sentences.ts'

void t.test('a quote is found whatever its case, spacing, accents and quotation marks', async (t) => {
  const occurs = quoteMatcher(['We’re  losing “about 40 hours”\na week — every week — at Café Noir.', 'Second source'])
  t.ok(occurs('losing "ABOUT 40 hours" a week - every week'))
  t.ok(occurs("'we're losing'"))
  t.ok(occurs('at Cafe Noir'))
  t.ok(occurs('second source.'))
  t.ok(occurs('losing … every week'), 'elided')
  t.ok(occurs('we’re losing [...] a week'), 'elided with brackets')
})

void t.test('what was not said is not found', async (t) => {
  const occurs = quoteMatcher(['We dispatch 1400 loads a week, manually.'])
  t.notOk(occurs('40'), 'part of a number')
  t.notOk(occurs('manual'), 'part of a word')
  t.notOk(occurs('a'), 'too short to support anything')
  t.notOk(occurs('...'))
  t.notOk(occurs(''))
  t.notOk(occurs('a week … 1400 loads'), 'elided parts in the wrong order')
})

void t.test('sentences are pieces of the text, in order, none longer than a readable quote', async (t) => {
  t.strictSame(sentencesOf('Dr. Lee runs ops. We pay $1.5M a year! Really?\nYes, e.g. for freight.'), [
    'Dr. Lee runs ops.',
    'We pay $1.5M a year!',
    'Really?',
    'Yes, e.g. for freight.'
  ])
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 900 }), (text) => {
      let from = 0
      for (const sentence of sentencesOf(text)) {
        const at = text.indexOf(sentence, from)
        if (at === -1 || sentence.length > 320) return false
        from = at + sentence.length
      }
      return true
    })
  )
})

void t.test('a text cut at a word still occurs in the text', async (t) => {
  t.equal(clippedAtWord('ante lorem sollicitudin euismod', 20), 'ante lorem', 'also before a long word')
  fc.assert(
    fc.property(fc.lorem({ maxCount: 40 }), fc.integer({ min: 20, max: 200 }), (text, limit) => {
      // A lone letter is no quotation.
      fc.pre(text.length > 1)
      const cut = clippedAtWord(text, limit)
      return cut.length <= limit && quoteMatcher([text])(cut) && text.startsWith(cut)
    })
  )
})

void t.test('the comparable form of a part is a part of the comparable form', async () => {
  const text = fc.string({ unit: anyCharacter, maxLength: 60 })
  fc.assert(
    fc.property(text, text, text, (before, part, after) =>
      comparableText(`${before} ${part} ${after}`).includes(comparableText(part))
    )
  )
})
