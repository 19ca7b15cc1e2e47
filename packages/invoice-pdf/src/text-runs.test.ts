import t from 'tap'
import { linesOf, type Line } from './text-runs.ts'

/** Ten wide each sign. */
const measure = (text: string): number => [...text].length * 10
const lines = (text: string, width = 1_000): Line[] => linesOf(text, { width, weight: 'regular', measure })
const seen = (line: Line | undefined): string => line?.runs.map(({ text }) => text).join('|') ?? ''

void t.test(
  'lines break where Unicode lets them, and inside a word only where it is wider than the line',
  async (t) => {
    t.strictSame(lines('one two three', 75).map(seen), ['one two', 'three'])
    t.strictSame(lines('abcdefghij kl', 40).map(seen), ['abcd', 'efgh', 'ij', 'kl'])
    t.strictSame(lines('first\n\nlast').map(seen), ['first', '', 'last'])
    t.strictSame(lines('北京销售', 20).map(seen), ['北京', '销售'], 'Chinese has no spaces')
    t.ok(lines('one two three', 75).every(({ width }) => width <= 75))
  }
)

void t.test('each script has a font that can write it', async (t) => {
  const fonts = (text: string): string[] => lines(text).flatMap(({ runs }) => runs.map(({ font }) => font.name))
  t.strictSame(fonts('Ellison, Ж, Ω, é'), ['regular-0'])
  t.strictSame(fonts('株式会社 ABC'), ['regular-1', 'regular-0'])
  t.strictSame(fonts('서울'), ['regular-2'])
  for (const text of ['Ärzte €', '工作坊营销', '営業ワークショップ', '판매 워크숍', 'שלום', 'مرحبا']) {
    for (const { runs } of lines(text)) {
      for (const run of runs)
        t.ok(
          [...run.text].every((sign) => run.font.has(sign.codePointAt(0) ?? 0)),
          text
        )
    }
  }
})

void t.test('what is written from right to left stands so, with its figures and brackets', async (t) => {
  t.equal(seen(lines('תל אביב 2026')[0]), '2026|תל אביב ', 'the figure is left of the words')
  t.equal(seen(lines('Room שלום 7 left')[0]), 'Room |7|שלום | left')
  t.equal(seen(lines('מכירות (אביב)')[0]), 'מכירות )אביב(', 'the font turns it, brackets mirrored')
  t.equal(seen(lines('شارع ١٢')[0]).split('|')[0], '٢١', 'the font would turn these figures, so they come turned')
})

void t.test('what nobody sees is not printed', async (t) => {
  t.equal(seen(lines('a\u202eb\u0007c\u200fd')[0]), 'a b c d')
})
