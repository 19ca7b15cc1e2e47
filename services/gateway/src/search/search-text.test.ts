import t from 'tap'
import { highlightsOf } from './highlight.ts'
import { patternOf, searchText, termsOf } from './search-text.ts'

const texts = (typed: string) => termsOf(typed).map(({ text }) => text)

void t.test('case, accents and blanks do not count', (t) => {
  t.equal(searchText(['Zoë  GROSS', null, 'Łódź']), ' zoe gross lodz')
  t.same(texts('  ZOE Groß '), ['gross', 'zoe'])
  t.end()
})

void t.test('a telephone number is its figures, however it is written', (t) => {
  t.equal(searchText(['Ada'], '+49 (170) 123-4567'), ' ada 491701234567')
  for (const typed of ['0170 123 4567', '0170/1234567', '(0170) 123-4567', '1701234567'])
    t.same(termsOf(typed), [{ text: '1701234567', kind: 'figures' }], typed)
  t.same(texts('+49 170 1234567'), ['491701234567'])
  t.same(texts('2026'), ['2026'], 'few figures are what they are')
  t.end()
})

void t.test('a wildcard is a letter like others, and a short term begins a word', (t) => {
  const patterns = (typed: string) => termsOf(typed).map(patternOf)
  t.same(patterns('babb_ 100%x a\\'), ['%babb\\_%', '%100\\%x%', '% a\\\\%'])
  t.same(patterns('lo'), ['% lo%'])
  t.equal(termsOf('a b c d e f g h i j k').length, 8)
  t.same(termsOf('   '), [])
  t.end()
})

void t.test('what made a row be found is marked where it stands in the text', (t) => {
  const marked = (text: string, typed: string, field = 'name') =>
    highlightsOf({ [field]: text }, termsOf(typed)).flatMap((found) =>
      found.ranges.map(({ start, end }) => found.text.slice(start, end))
    )
  t.same(marked('Ada Lovelace', 'love ADA'), ['Ada', 'Love'])
  t.same(marked('Zoë Groß-Müller', 'gross zoe muller'), ['Zoë', 'Groß', 'Müller'])
  t.same(marked('👩‍🔬 Zoë', 'zoe'), ['Zoë'])
  t.same(marked('banana', 'anan nana'), ['anana'], 'overlapping places are one')
  t.same(marked('+49 (170) 123-4567', '0170 1234567', 'phone'), ['170) 123-4567'])
  t.same(highlightsOf({ name: null, company: 'Acme' }, termsOf('ada')), [])
  t.end()
})
