import t from 'tap'
import { collapsed, textWithDates } from './timeline.ts'

void t.test('neighbours that say the same are one', async (t) => {
  const entry = (title: string) => ({ title, detail: null, source: 'zoho' })
  t.same(
    collapsed([entry('a'), entry('a'), entry('b'), entry('a')]).map(({ first, count }) => [first.title, count]),
    [
      ['a', 2],
      ['b', 1],
      ['a', 1]
    ]
  )
})

void t.test('machine times in a text become appointments', async (t) => {
  t.notMatch(textWithDates('Booked: 2026-11-18T16:30:00.000Z', 'en-GB'), /T16/)
  t.equal(textWithDates('no time in 2026-11-18'), 'no time in 2026-11-18')
})
